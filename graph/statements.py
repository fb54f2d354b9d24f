"""The Cypher statements of graph/cypher, one a file; values are always parameters."""

from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "cypher"


@lru_cache(maxsize=512)
def statement(name: str, **words: str) -> str:
    """The statement of a file without its first line, which says what it answers.

    `words` replace <placeholders>: labels and relationship types of the ontology, which no parameter can carry.
    """
    text = (FOLDER / f"{name}.cypher").read_text(encoding="utf-8").split("\n", 1)[1].strip()
    for placeholder, word in words.items():
        text = text.replace(f"<{placeholder}>", word)
    return text
