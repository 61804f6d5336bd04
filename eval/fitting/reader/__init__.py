"""What a reader and a verifier are trained on: questions and claims over passages of ../shared/data."""
