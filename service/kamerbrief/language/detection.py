"""Which language a text is in."""

import re
from typing import Literal

_DUTCH = re.compile(
    r"\b(?:de|het|een|en|van|in|op|te|dat|die|is|zijn|was|wordt|worden|voor|met|aan|om|er|naar|niet|wel|hoe|wat|wie|waar|"
    r"wanneer|waarom|welke|welk|hoeveel|heeft|hebben|gaat|kan|zal|moet|mag|deze|dit|bij|uit|door|over|tot|als|dan|ook|nog)\b"
)
_ENGLISH = re.compile(
    r"\b(?:the|a|an|and|of|in|on|to|that|which|is|are|was|were|be|been|for|with|at|by|from|not|how|what|who|where|when|"
    r"why|many|much|has|have|had|does|do|did|will|would|can|could|should|must|may|this|these|it|its|as|than|also|about)\b"
)


def language_of(text: str) -> Literal["nl", "en"]:
    """The language of a text, by which words are in it."""
    plain = text.lower()
    return "en" if len(_ENGLISH.findall(plain)) > len(_DUTCH.findall(plain)) else "nl"
