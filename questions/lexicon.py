"""The words of questions, read from words/*.toml: a phrase and what it may stand for."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from graph.folding import lower
from questions.dates import Dates
from questions.numerals import any_of
from questions.shares import Shares
from questions.topics import Topics, singular

FOLDER = Path(__file__).parent / "words"
LANGUAGES = ("en", "zh")
# Section of a language's file -> the part of speech of its words. Earlier sections win where a phrase is in several.
SECTIONS = {
    "asks": "ask",
    "pronouns": "pronoun",
    "family": "family",
    "degrees": "degree",
    "roles": "role",
    "nouns": "noun",
    "verbs": "verb",
    "adjectives": "adjective",
    "classes": "class",
    "places": "unknown",
    "cases": "case",
    "polar": "polar",
    "small": "small",
}
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing a phrase may stand for: its part of speech and its key in meanings.toml."""

    part: str
    key: str


@dataclass(frozen=True)
class Lexicon:
    """Every phrase of every language with its senses; `meanings` is meanings.toml, `says` what answers are made of.

    `marks` are words that the grammar looks for by themselves; `shares` and `dates` read figures,
    `rounds` tells how the funding round of a letter is written.
    """

    phrases: Mapping[str, tuple[Sense, ...]]
    meanings: Mapping[str, Any]
    written_roles: Mapping[str, tuple[str, ...]]
    says: Mapping[str, Mapping[str, Any]]
    name_words: Mapping[str, tuple[str, ...]]
    topics: Topics
    marks: Mapping[str, tuple[str, ...]]
    shares: Shares
    dates: Dates
    rounds: tuple[str, ...]
    longest_words: int
    longest_han: int

    @cached_property
    def common_name_words(self) -> frozenset[str]:
        """Chinese words that many company names end in."""
        return frozenset(word for words in self.name_words.values() for word in words)

    @cached_property
    def family_words(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        """The phrases for relatives as whole words, longest first, with their keys."""
        words = [(phrase, s.key) for phrase, senses in self.phrases.items() for s in senses if s.part == "family"]
        return tuple(
            (re.compile(rf"(?<![a-z-]){re.escape(phrase)}(?![a-z-])"), key)
            for phrase, key in sorted(words, key=lambda item: (-len(item[0]), item))
        )

    @cached_property
    def _marked(self) -> Mapping[str, frozenset[str]]:
        """The marks of every word that has some."""
        words = {word for marked in self.marks.values() for word in marked}
        return {word: frozenset(mark for mark, of in self.marks.items() if word in of) for word in words}

    def marks_of(self, text: str) -> frozenset[str]:
        """The marks of a word as it stands in a question: the lists of [marks] that hold it."""
        return self._marked.get(text.lower(), frozenset())

    @cached_property
    def relative_of(self) -> re.Pattern[str]:
        """What stands between a word for a relative and the name of whose relative it is: of, and sister of."""
        return re.compile(rf"^\s+(?:{any_of(self.marks['and'])} \w+ )?{any_of(self.marks['relative_of'])}\s")

    @cached_property
    def relative_after(self) -> re.Pattern[str]:
        """What stands between a name and a word for its relative: 's, 先生的, 's elder."""
        called, owns = any_of(self.marks["honorific"]), any_of(self.marks["relative_after"])
        return re.compile(rf"(?:'s|’s|{called})?\s?{owns}?(?:[a-z]+ )?")

    def senses(self, phrase: str) -> tuple[Sense, ...]:
        """What the phrase, in lower case and Simplified characters, may stand for."""
        return self.phrases.get(phrase, ())

    @cached_property
    def _rounds_written(self) -> re.Pattern[str]:
        return re.compile("|".join(re.escape(one).replace(r"\{letter\}", "[A-Z]") for one in self.rounds))

    def names_round(self, text: str) -> bool:
        """Whether the text is the funding round of a letter: Series D, D轮."""
        return bool(self._rounds_written.fullmatch(text))

    @cached_property
    def _longer_posts(self) -> Mapping[str, tuple[str, ...]]:
        # What makes another post of a word where it follows: "head coach" is no head, 董事长 no 董事.
        sets = self.meanings["role_sets"]
        posts = {
            p: s.key for p, senses in self.phrases.items() for s in senses if s.part == "role" and s.key not in sets
        }
        several = {f"{one}s" for one in posts}
        found = {}
        for role, words in self.written_roles.items():
            for word in words:
                longer = (
                    one[len(word) :]
                    for one, key in posts.items()
                    if key != role and one.startswith(word) and one not in several
                )
                found[word] = tuple(sorted(end for end in longer if end and (not word.isascii() or end[0] in " -")))
        return found

    def role_words(self, role: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The words a role may be written in, each with the endings that make another post of it.

        A role such as "leader" stands for several.
        """
        roles = self.meanings["role_sets"].get(role, [role])
        words = dict.fromkeys(word for name in roles for word in self.written_roles.get(name, (name,)))
        return tuple((word, self._longer_posts.get(word, ())) for word in words)


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    files = {name: _read(name) for name in (*LANGUAGES, "meanings")}
    phrases: dict[str, list[Sense]] = {}
    for language in LANGUAGES:
        for section, part in SECTIONS.items():
            for key, words in files[language].get(section, {}).items():
                for word in words:
                    senses = phrases.setdefault(word, [])
                    if Sense(part, key) not in senses:
                        senses.append(Sense(part, key))
        for phrase, sense in _measured(files[language].get("measures", {})):
            phrases.setdefault(phrase, [sense])
    return Lexicon(
        phrases=MappingProxyType({phrase: tuple(senses) for phrase, senses in phrases.items()}),
        meanings=MappingProxyType(files["meanings"]),
        written_roles=MappingProxyType(_together([files[language]["written_roles"] for language in LANGUAGES])),
        says=MappingProxyType({language: files[language].get("say", {}) for language in LANGUAGES}),
        name_words=MappingProxyType({word: tuple(said) for word, said in files["en"]["name_words"].items()}),
        marks=MappingProxyType(_together([files[language]["marks"] for language in LANGUAGES])),
        shares=Shares(files["en"]["numbers"], files["zh"]["numbers"]),
        dates=Dates(files["en"]["numbers"], files["zh"]["numbers"]),
        rounds=tuple(written for language in LANGUAGES for written in files[language]["numbers"]["rounds"]),
        topics=Topics(tuple(map(_topic_word, line)) for line in _read("topics")["topics"]),
        longest_words=_longest(len(phrase.split()) for phrase in phrases),
        longest_han=_longest(len(phrase) for phrase in phrases if _HAN.search(phrase)),
    )


def _measured(measures: Mapping[str, list[str]]) -> Iterator[tuple[str, Sense]]:
    """Asking words with each measure word: 哪三家, 几位, 多少款."""
    for kind, ask in (("persons", "who"), ("things", "what")):
        for measure in measures.get(kind, ()):
            yield from ((asking + measure, Sense("ask", ask)) for asking in measures["which"])
            yield from ((asking + measure, Sense("ask", "count")) for asking in measures["how_many"])


def _together(told: Iterable[Mapping[str, list[str]]]) -> dict[str, tuple[str, ...]]:
    """Each list with its words in every language."""
    found: dict[str, list[str]] = {}
    for lists in told:
        for key, words in lists.items():
            found.setdefault(key, []).extend(words)
    return {key: tuple(words) for key, words in found.items()}


def _topic_word(word: str) -> str:
    folded = lower(word)
    return folded if " " in folded else singular(folded)


def _longest(lengths: Iterable[int]) -> int:
    return max(lengths, default=1)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
