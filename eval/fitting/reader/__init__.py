"""The reader: what it is trained on, and its training."""
