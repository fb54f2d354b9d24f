"""A question's text in one form, and in which language to answer it."""

import re

from graph.names import simplified

_HAN = re.compile(r"[\u3400-\u9fff]")
_ONLY_TRADITIONAL_SAME = re.compile(r"\s+")


def plain(question: str) -> str:
    """The question in Simplified characters and one line; capitals are kept, for they tell names."""
    return _ONLY_TRADITIONAL_SAME.sub(" ", simplified(question).replace("’", "'").replace("‘", "'")).strip()


def language_of(question: str) -> str:
    """`en`, `zh-Hans` or `zh-Hant`: Chinese where a third of the letters are, by the share of its characters."""
    outside = re.sub(r"[（(][^（()）]*[)）]", "", question)
    han = len(_HAN.findall(outside))
    latin_words = len(re.findall(r"[A-Za-z]+", outside))
    if han == 0 or (latin_words > 3 and han < latin_words * 1.2):
        return "en"
    return "zh-Hant" if simplified(question) != question and _traditional(question) else "zh-Hans"


def _traditional(question: str) -> bool:
    return any(_HAN.match(char) and simplified(char) != char for char in question)
