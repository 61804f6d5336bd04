"""The structure that some PDFs tell of themselves: which of their content belongs to one paragraph."""

import ctypes
from typing import Any

import pypdfium2.raw

raw: Any = pypdfium2.raw

_INLINE = frozenset(("Span", "Link", "Reference", "Em", "Strong", "Quote", "Sub", "Annot"))
_MAX_TAGS = 50_000
_MAX_DEPTH = 60


def paragraph_tags(page: Any) -> dict[int, int]:
    """Which marked content belongs to which paragraph in the file's structure tree; empty where there is none."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    tags: dict[int, int] = {}
    try:
        roots = [raw.FPDF_StructTree_GetChildAtIndex(tree, i) for i in range(raw.FPDF_StructTree_CountChildren(tree))]
        todo = [(element, 0, 0) for element in reversed(roots) if element]
        paragraphs = 0
        while todo and paragraphs < _MAX_TAGS:
            element, paragraph, depth = todo.pop()
            if _element_type(element) not in _INLINE:
                paragraphs += 1
                paragraph = paragraphs
            children = range(raw.FPDF_StructElement_CountChildren(element))
            for i in children:
                tags.setdefault(raw.FPDF_StructElement_GetChildMarkedContentID(element, i), paragraph)
            if depth < _MAX_DEPTH:
                found = [raw.FPDF_StructElement_GetChildAtIndex(element, i) for i in children]
                todo += [(child, paragraph, depth + 1) for child in reversed(found) if child]
    finally:
        raw.FPDF_StructTree_Close(tree)
    tags.pop(-1, None)
    return tags


def _element_type(element: Any) -> str:
    buffer = ctypes.create_string_buffer(64)
    length = raw.FPDF_StructElement_GetType(element, buffer, 64)
    return buffer.raw[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
