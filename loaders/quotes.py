"""Where a quote stands in its text. Offsets are characters of the text; text[start:end] is the quote."""

from collections.abc import Callable

from loaders.problems import RefusedError


def place(text: str, quote: str, start: object, end: object, note: Callable[[str, str], None]) -> int:
    """The offset at which `quote` stands: the one that is given, or the only one there is, with a note.

    Raises RefusedError when the quote does not stand in the text, or stands there more than once and not as given.
    """
    if isinstance(start, int) and start >= 0 and end == start + len(quote) and text.startswith(quote, start):
        return start
    first = text.find(quote)
    if first < 0:
        raise RefusedError(f"does not stand in the document word for word: {_cut(quote)}", "quote")
    if text.find(quote, first + 1) >= 0:
        raise RefusedError(f"stands in the document more than once, and not at start and end: {_cut(quote)}", "quote")
    said = "missing" if start is None or end is None else f"{start!r} to {end!r} is not the quote"[:80]
    note("start", f"{said}; the quote was found at {first}")
    return first


def _cut(quote: str) -> str:
    return quote if len(quote) <= 60 else f"{quote[:57]}..."
