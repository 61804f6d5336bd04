"""Scans made of documents with text: their pages rendered as a scanner would give them, better or worse."""

import io
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

pdfium: Any = pypdfium2
_SEED = 20220725
_INCH = 72  # points


@dataclass(frozen=True)
class Condition:
    """How a page comes out: dots an inch; the standard deviation of noise, of 255 levels of grey; the radius of a blur,
    in dots; and the degrees that it lies askew."""

    name: str
    dpi: int
    noise: float = 0.0
    blur: float = 0.0
    skew: float = 0.0


CONDITIONS = (
    Condition("300 dots an inch", 300),
    Condition("200 dots an inch", 200),
    Condition("200, noise", 200, noise=40.0),
    Condition("200, blurred", 200, blur=1.2),
    Condition("200, 1.5 degrees askew", 200, skew=1.5),
    Condition("200, a little of all three", 200, noise=20.0, blur=0.7, skew=0.7),
    Condition("150, a little of all three", 150, noise=20.0, blur=0.7, skew=0.7),
)


def some_pages(data: bytes, numbers: Iterable[int]) -> bytes:
    """A PDF of those of these pages that another one has; the first is 1."""
    whole, part, out = pdfium.PdfDocument(data), pdfium.PdfDocument.new(), io.BytesIO()
    part.import_pages(whole, [number - 1 for number in numbers if number <= len(whole)])
    part.save(out)
    return out.getvalue()


def scanned(data: bytes, condition: Condition) -> bytes:
    """A PDF of pictures of the pages of another one; the same each time."""
    random = np.random.default_rng(_SEED)
    pages = [
        _worse(page.render(scale=condition.dpi / _INCH, grayscale=True).to_pil().convert("L"), condition, random)
        for page in pdfium.PdfDocument(data)
    ]
    out, day = io.BytesIO(), time.gmtime(0)  # of the same day each time, too
    told: dict[str, Any] = {"resolution": condition.dpi, "creationDate": day, "modDate": day}
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], **told)
    return out.getvalue()


def _worse(page: Image.Image, condition: Condition, random: np.random.Generator) -> Image.Image:
    if condition.skew:
        page = page.rotate(condition.skew, resample=Image.Resampling.BICUBIC, fillcolor=255)
    if condition.blur:
        page = page.filter(ImageFilter.GaussianBlur(condition.blur))
    if not condition.noise:
        return page
    grey = np.asarray(page, np.float32) + random.normal(0.0, condition.noise, (page.height, page.width))
    return Image.fromarray(grey.clip(0, 255).astype(np.uint8))
