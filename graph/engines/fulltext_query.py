"""Full-text search for what a person typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graph.errors import NotFound, QueryFailed

if TYPE_CHECKING:
    from graph.engines.engine import Engine
    from graph.values import Node

_SEARCH = """
CALL db.index.fulltext.queryNodes($index, $words) YIELD node, score
RETURN node, score ORDER BY score DESC LIMIT $limit
"""
# Every character that means something to Lucene's query parser; words such as AND are made plain by quoting.
_SPECIAL = re.compile(r'([+\-!(){}\[\]^"~*?:\\/&|<>=])')


def plain_words(text: str) -> str:
    """A query that finds nodes holding every word of the text, or an empty string where it holds none."""
    words = (_SPECIAL.sub(r"\\\1", word) for word in text.split())
    return " AND ".join(f'"{word}"' for word in words)


def search(engine: Engine, index: str, text: str, limit: int) -> list[tuple[Node, float]]:
    """Nodes that hold every word of the text, best first; raises NotFound where there is no such index."""
    words = plain_words(text)
    if not words:
        return []
    try:
        with engine.read(_SEARCH, {"index": index, "words": words, "limit": limit}) as found:
            return [(node, score) for node, score in found]
    except QueryFailed as error:
        if "no such fulltext" in str(error):
            raise NotFound(f"there is no full-text index named {index}") from error
        raise
