"""How Chinese characters are read, in Latin letters."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def pronounced(text: str) -> list[str]:
    """The reading of each character without tones; a run of other letters stays as it is.

    >>> pronounced("蔡崇信"), pronounced("T恤")
    (['cai', 'chong', 'xin'], ['T', 'xu'])
    """
    return _read()(text)


@cache
def _read() -> Callable[[str], list[str]]:
    # A third of a second and its memory go into the dictionary: it is opened for the first name in Chinese.
    from pypinyin import lazy_pinyin  # noqa: PLC0415

    return lazy_pinyin
