"""The statements of questions/cypher and how they are run and shown."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "cypher"
Read = Callable[[str, dict[str, Any]], list[tuple[Any, ...]]]


@lru_cache(maxsize=256)
def statement(name: str, **words: str) -> str:
    """The statement of a file without its first line, which says what it answers; `words` replace <placeholders>."""
    text = (FOLDER / f"{name}.cypher").read_text(encoding="utf-8").split("\n", 1)[1].strip()
    for placeholder, word in words.items():
        text = text.replace(f"<{placeholder}>", word)
    return text


def shown(text: str, parameters: Mapping[str, Any]) -> str:
    """The statement with its parameters written into it, so that it can be run as it is shown."""
    for name in sorted(parameters, key=len, reverse=True):
        text = text.replace(f"${name}", literal(parameters[name]))
    return text


def literal(value: object) -> str:
    """A value as Cypher writes it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(literal(item) for item in value) + "]"
    text = str(value).replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
    return f"'{text}'"
