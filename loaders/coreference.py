"""Coreference by name: which names of one text are names of one entity."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from loaders.lexicon import alternatives, lexicon, words
from loaders.mentions import Mention
from loaders.schema import COMPANY, PERSON
from loaders.scripts import is_han


class Key(NamedTuple):
    """A name's folded spelling within its kind."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Link:
    """Why two names are one entity."""

    short: Key
    long: Key
    reason: str


class Candidate(NamedTuple):
    """A longer name that a shorter one may stand for; a low rank is a strong sign."""

    rank: int
    key: Key
    reason: str


def same_names(mentions: Sequence[Mention], simple: str) -> tuple[list[int], list[Link]]:
    """A cluster number for each named mention, and the links that made the clusters. `simple`: the folded text."""
    keys = [fold(simple[m.start : m.end], m.kind) for m in mentions]
    groups = _Groups(list(dict.fromkeys(keys)))
    links = _aliases(mentions, keys, simple)
    for link in links:
        groups.join(link.short, link.long)
    order = sorted(groups.known, key=lambda key: -len(key.text))
    for number, key in enumerate(order):
        chosen = _choose(_longer(key, order[:number]), groups)
        if chosen is not None:
            groups.join(key, chosen.key)
            links.append(Link(key, chosen.key, chosen.reason))
    numbers: dict[Key, int] = {}
    return [numbers.setdefault(groups.root(key), len(numbers)) for key in keys], links


class _Groups:
    """Names that were found to be one; the longest stands for the group."""

    def __init__(self, known: list[Key]) -> None:
        self.known = known
        self._parent = {key: key for key in known}

    def root(self, key: Key) -> Key:
        while self._parent[key] != key:
            key = self._parent[key]
        return key

    def join(self, one: Key, other: Key) -> None:
        a, b = self.root(one), self.root(other)
        if a != b:
            if len(a.text) < len(b.text):
                a, b = b, a
            self._parent[b] = a


def fold(name: str, kind: str) -> Key:
    """The spelling by which a name is compared: case, articles, possessives and titles gone."""
    text = name.casefold().strip(" .,'\"“”‘’「」『』《》")
    text = re.sub(r"^(?:the|an?) ", "", text)
    text = re.sub(r"(?:'s|’s)$", "", text)
    if kind == PERSON:
        text = re.sub(rf"^{_titles('en')}\.? ", "", text)
        text = re.sub(rf"(?<=[\u4e00-\u9fff]){_titles('zh')}$", "", text)
    return Key(re.sub(r"[\s\-·・.]+", " ", text).strip(), kind)


@cache
def _titles(language: str) -> str:
    return alternatives(language, "names", "titles")


@cache
def _before_alias() -> re.Pattern[str]:
    openers = f"(?:{alternatives('zh', 'names', 'alias_openers')}|{alternatives('en', 'names', 'alias_openers')})"
    return re.compile(rf"[”」』\"’]?\s?[（(]{openers}?[为是：:]?\s?[“「『\"‘']?(?:the )?", re.IGNORECASE)


@cache
def _alias_verb() -> re.Pattern[str]:
    return re.compile(rf"[，,]?{alternatives('zh', 'names', 'alias_verbs')}为?[“「『\"]?")


_AFTER_ALIAS = re.compile(r"[”」』\"’']?\s?[）)，,；;]")
_NICKNAME_OPEN = re.compile(r"\s?[“\"‘「'（(]")
_NICKNAME_CLOSE = re.compile(r"[”\"’」'）)]")


def _aliases(mentions: Sequence[Mention], keys: list[Key], simple: str) -> list[Link]:
    """Names that stand in brackets, or quotation marks, right after a name."""
    found = []
    for number, one in enumerate(mentions):
        for other in range(number + 1, min(number + 4, len(mentions))):
            two = mentions[other]
            gap, after = simple[one.end : two.start], simple[two.end : two.end + 3]
            if two.kind == one.kind and _is_alias(one.kind, gap, after):
                found.append(Link(keys[other], keys[number], "given as another name"))
    return found


def _is_alias(kind: str, gap: str, after: str) -> bool:
    if _before_alias().fullmatch(gap) and _AFTER_ALIAS.match(after):
        return True
    if _alias_verb().fullmatch(gap):
        return True
    return kind == PERSON and bool(_NICKNAME_OPEN.fullmatch(gap) and _NICKNAME_CLOSE.match(after))


def _choose(candidates: list[Candidate], groups: _Groups) -> Candidate | None:
    """The best candidate, unless several different entities are equally good."""
    if not candidates:
        return None
    best = min(c.rank for c in candidates)
    top = [c for c in candidates if c.rank == best]
    roots = list(dict.fromkeys(groups.root(c.key) for c in top))
    if len(roots) == 1:
        return top[0]
    if best <= 1 and top[0].key.kind != PERSON:
        first = min(roots, key=groups.known.index)
        return next(c for c in top if groups.root(c.key) == first)
    return None


def _longer(key: Key, longer: Sequence[Key]) -> list[Candidate]:
    found = []
    for other in longer:
        if other.kind == key.kind and other.text != key.text:
            sign = _person(key.text, other.text) if key.kind == PERSON else _other(key, other.text)
            if sign is not None:
                found.append(Candidate(sign[0], other, sign[1]))
    return found


def _latin(text: str) -> bool:
    return bool(re.match(r"[a-zà-ž]", text))


def _person(short: str, long: str) -> tuple[int, str] | None:
    """Whether a shorter name may be a part of a person's longer name."""
    if len(long) <= len(short):
        return None
    if _latin(short):
        parts, whole = short.split(), long.split()
        if len(parts) >= len(whole):
            return None
        fits = parts in (whole[-len(parts) :], whole[: len(parts)]) or (len(parts) == 1 and parts[0] in whole)
        return (0, "part of a name") if fits else None
    if " " in long:
        return (0, "part of a name") if short in long.split() else None
    names = lexicon("zh")["names"]
    if long.endswith(short) or long.startswith(short):
        return 0, "part of a name"
    if len(short) == 2 and len(long) <= 3:
        if short[0] == long[0] and short[1] in names["person_suffixes"]:
            return 0, "surname with a title"
        if short[0] in names["person_prefixes"] and short[1] in (long[0], long[-1]):
            return 0, "surname with a familiar word"
    return None


def _other(key: Key, long: str) -> tuple[int, str] | None:
    if key.kind != COMPANY:
        return _product(key.text, long)
    if core(key.text) == core(long):
        return 0, "the same but for the legal form"
    return _company_chinese(key.text, long) if any(map(is_han, key.text)) else _company_latin(key.text, long)


def _company_chinese(short: str, long: str) -> tuple[int, str] | None:
    if len(short) < 2:
        return None
    if long.startswith(short):
        rest = long[len(short) :]
        if re.fullmatch(f"{_ends_zh()}+", rest):
            return 0, "short for the full name"
        return None if _unit_zh().fullmatch(rest) else (3, "start of the full name")
    if long.endswith(short) and len(short) >= 4:
        return 2, "end of the full name"
    stem = core(short)
    if len(stem) >= 2 and stem in long:
        before, after = long.split(stem, 1)
        if re.fullmatch(f"{_ends_zh()}*", before) and re.fullmatch(f"{_ends_zh()}*", after):
            return 1, "stem of the full name"
    if long.endswith(short) and short not in lexicon("zh")["names"]["too_common"]:
        return 3, "end of the full name"
    if short[0] == long[0] and len(long) >= len(short) + 2 and _in_order(short, long):
        return 4, "letters of the full name"
    return None


def _in_order(short: str, long: str) -> bool:
    rest = iter(long)
    return all(letter in rest for letter in short)


def _company_latin(short: str, long: str) -> tuple[int, str] | None:
    parts, whole = re.findall(r"[^\W_]+|&", short), re.findall(r"[^\W_]+|&", long)
    if not parts or len(parts) > len(whole):
        return None
    small = lexicon("en")["names"]["small_words"]
    if len(short) >= 2 and short == "".join(w[0] for w in whole if w not in small):
        return 1, "initials"
    if len(short) < 3 or any(map(is_han, long)):
        return None
    rest = _rest(parts, whole)
    if rest is None or set(rest) & set(lexicon("en")["names"]["units"]):
        return None
    return (1, "start of the full name") if whole[: len(parts)] == parts else (3, "end of the full name")


def _rest(parts: list[str], whole: list[str]) -> list[str] | None:
    """What the whole name says more than its first, or last, words."""
    if whole[: len(parts)] == parts:
        return whole[len(parts) :]
    if whole[-len(parts) :] == parts:
        return whole[: -len(parts)]
    return None


def _product(short: str, long: str) -> tuple[int, str] | None:
    if short.replace(" ", "") == long.replace(" ", ""):
        return 0, "the same but for spaces"
    if short[:1].isdigit():
        return None
    if any(map(is_han, short)):
        return (3, "end of the full name") if len(short) >= 2 and long.endswith(short) else None
    parts = short.split()
    if len(short) >= 4 and long.split()[-len(parts) :] == parts:
        return 1, "end of the full name"
    if any(map(is_han, long)) and re.findall(r"[a-z0-9&]+", long) == re.findall(r"[a-z0-9&]+", short) and len(short) >= 3:
        return 3, "the Latin letters of the full name"
    return None


@cache
def core(name: str) -> str:
    """A company's name without the ends that say nothing."""
    text = name
    while True:
        shorter = re.sub(rf",? {_ends_en()}\.?$", "", text).strip(" ,")
        if shorter == text or not shorter:
            break
        text = shorter
    while len(text) > 2:
        cut = re.sub(f"{_ends_zh()}$", "", text)
        if cut == text or len(cut) < 2:
            break
        text = cut
    return text


@cache
def _ends_en() -> str:
    return alternatives("en", "names", "company_ends")


@cache
def _ends_zh() -> str:
    listed = alternatives("zh", "names", "company_ends")
    return rf"(?:{listed}|（[^）]*）|\([^)]*\))"


@cache
def _unit_zh() -> re.Pattern[str]:
    ends = "|".join(map(re.escape, words("zh", "names", "unit_ends")))
    return re.compile(f"{alternatives('zh', 'names', 'units')}|.*(?:{ends})")
