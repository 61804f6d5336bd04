"""A picture as a PNG file. What a reader draws comes as pixels, so that no file that a letter may have made up is
passed on to a browser."""

import zlib


def png(width: int, height: int, pixels: bytes) -> bytes:
    """Of rows of pixels, each of three bytes (red, green, blue)."""
    wide = 3 * width
    rows = b"".join(b"\0" + pixels[start : start + wide] for start in range(0, height * wide, wide))
    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    parts = (b"IHDR", size + b"\x08\x02\x00\x00\x00"), (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_part, *zip(*parts, strict=True)))


def _part(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")
