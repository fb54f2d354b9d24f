"""What a person typed, made into a full-text query of plain words."""

from __future__ import annotations

import re

# Every character that means something to Lucene's query parser; words such as AND are made plain by quoting.
_SPECIAL = re.compile(r'([+\-!(){}\[\]^"~*?:\\/&|<>=])')


def plain_words(text: str) -> str:
    """A query that finds nodes holding every word of the text, or an empty string where it holds none."""
    words = (_SPECIAL.sub(r"\\\1", word) for word in text.split())
    return " AND ".join(f'"{word}"' for word in words)
