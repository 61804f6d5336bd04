"""Made ZIPs and e-mails with letters in them."""

import io
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage


def zip_of(members: Mapping[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", how) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return written.getvalue()


def mail(
    body: str = "",
    attached: Mapping[str, bytes] | None = None,
    *,
    subject: str = "Brief over helmen",
    logo: bytes = b"",
) -> bytes:
    """A message of 3 May 2024, with its text (or a web page), a picture in that, and its attachments."""
    message = EmailMessage()
    message["From"], message["To"] = "griffie@example.org", "archief@example.org"
    message["Subject"], message["Date"] = subject, "Fri, 03 May 2024 10:00:00 +0200"
    message.set_content(body, subtype="html" if body.startswith("<") else "plain")
    if logo:
        message.add_related(logo, maintype="image", subtype="png", cid="<logo>", filename="logo.png")
    for name, content in (attached or {}).items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()
