"""What a question is about besides its names and its relation, and how much of that a claim speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.folding import lower

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from questions.evidence import Evidence
    from questions.lexicon import Lexicon

_NOTED = ("topic", "purpose", "role", "note", "degree", "products", "to")
_HAN_RUN = re.compile(r"[\u3400-\u9fff]{2,}")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing spoken of, in all its wordings, folded."""

    wordings: tuple[str, ...]

    def stands_in(self, text: str, words: frozenset[str]) -> bool:
        """Whether a folded text, whose Latin words are given in the singular, speaks of it."""
        return any(one in words or ((not one.isascii() or " " in one) and one in text) for one in self.wordings)


def concepts(texts: Iterable[str], lexicon: Lexicon) -> tuple[Concept, ...]:
    """The things that these words of a question speak of, each once."""
    found: dict[Concept, None] = {}
    for text in texts:
        found.update(dict.fromkeys(_concepts(text, lexicon)))
    return tuple(found)


def _concepts(text: str, lexicon: Lexicon) -> Iterator[Concept]:
    if lexicon.names_round(text):
        yield Concept((lower(text),))
        return
    folded = lower(text)
    known = lexicon.topics.known(folded)
    yield from known
    said = {word for concept in known for word in concept.wordings}
    yield from (Concept((word,)) for word in sorted(latin_words(folded)) if word not in said)
    for run in _HAN_RUN.findall(folded):
        for word in said:
            run = run.replace(word, " ")  # noqa: PLW2901  (what is left of it)
        for part in _HAN_RUN.findall(run):
            yield from (Concept((part[place : place + 2],)) for place in range(len(part) - 1))


class Topics:
    """The lines of topics.toml: each one thing in all its wordings, found in a text by an index made once."""

    def __init__(self, lines: Iterable[tuple[str, ...]]) -> None:
        self._concepts = tuple(map(Concept, lines))
        self._words: dict[str, list[int]] = {}
        self._parts: list[tuple[str, int]] = []
        for place, concept in enumerate(self._concepts):
            for wording in concept.wordings:
                self._words.setdefault(wording, []).append(place)
                if not wording.isascii() or " " in wording:
                    self._parts.append((wording, place))

    def names(self, word: str) -> bool:
        """Whether the word is one of the wordings."""
        return word in self._words

    def known(self, text: str) -> list[Concept]:
        """The things that a text speaks of, in the order of the lines."""
        folded = lower(text)
        places = {place for word in latin_words(folded) for place in self._words.get(word, ())}
        places.update(place for part, place in self._parts if part in folded)
        return [self._concepts[place] for place in sorted(places)]


def latin_words(folded: str) -> frozenset[str]:
    """The Latin words of a folded text in the singular."""
    return frozenset(singular(word) for word in _WORD.findall(folded))


def singular(word: str) -> str:
    """A folded word without its plural s."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def overlap(one: Evidence, wanted: Sequence[Concept], *, noted_only: bool = False) -> int:
    """How much of what is asked about the claim speaks of; what it was noted for counts more than its words."""
    matter = lower(noted(one))
    if noted_only:
        matter = lower(f"{noted(one)} {' '.join(one.sought.names)}")
    text = matter if noted_only else told(one)
    words, noted_words = latin_words(text), latin_words(matter)
    return sum(
        2 if concept.stands_in(matter, noted_words) else int(concept.stands_in(text, words)) for concept in wanted
    )


def noted(one: Evidence) -> str:
    """What the claim was noted with: its topic, purpose, role."""
    return " ".join(str(one.value(name) or "") for name in _NOTED)


def told(one: Evidence) -> str:
    """What the claim says of its matter: its quote, what it was noted with, and who is sought, folded."""
    return lower(f"{noted(one)} {one.quote} {' '.join(one.sought.names)}")


def says(one: Evidence, words: Sequence[str]) -> bool:
    """Whether one of the words stands in what the claim says."""
    text = told(one)
    return any(lower(word) in text for word in words)
