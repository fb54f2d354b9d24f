"""One script for reading: Traditional characters become Simplified ones, one for one, so that offsets stay."""

from functools import cache

import opencc

_HAN = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00))
_EACH = frozenset(chr(point) for block in _HAN for point in block)


@cache
def _table() -> dict[int, str]:
    characters = sorted(_EACH)
    simple = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {ord(old): new for old, new in zip(characters, simple, strict=True) if old != new and len(new) == 1}


def simplify(text: str) -> str:
    """The text in Simplified characters; the result has exactly the length of `text`."""
    return text.translate(_table())


def is_han(character: str) -> bool:
    """Whether the character is a Chinese one."""
    return character in _EACH
