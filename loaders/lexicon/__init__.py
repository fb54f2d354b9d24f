"""The words the reader goes by: one file per language, that a linguist can edit."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


@cache
def lexicon(language: str) -> dict[str, Any]:
    """The tables of `en.toml` or `zh.toml`."""
    return tomllib.loads((_HERE / f"{language}.toml").read_text(encoding="utf-8"))


def words(language: str, table: str, key: str) -> tuple[str, ...]:
    """One list of words, the longest first."""
    return tuple(sorted(lexicon(language)[table][key], key=lambda word: (-len(word), word)))


def alternatives(language: str, table: str, key: str) -> str:
    """The list as a regular expression."""
    return "(?:" + "|".join(re.escape(word) for word in words(language, table, key)) + ")"
