"""Likeness: whether a shorter name may stand for a longer one, by how names are made in each language."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from loaders.lexicon import alternatives, lexicon, words
from loaders.schema import COMPANY, PERSON
from loaders.scripts import is_han


class Key(NamedTuple):
    """A name's folded spelling within its kind."""

    text: str
    kind: str


class Sign(NamedTuple):
    """Why a short name may stand for a long one; a low rank is a strong reason."""

    rank: int
    reason: str


def fold(name: str, kind: str) -> Key:
    """The spelling by which a name is compared: case, articles, possessives and titles gone."""
    text = name.casefold().strip(" .,'\"“”‘’「」『』《》")
    text = re.sub(r"^(?:the|an?) ", "", text)
    text = re.sub(r"(?:'s|’s)$", "", text)
    if kind == PERSON:
        text = re.sub(rf"^{_titles('en')}\.? ", "", text)
        text = re.sub(rf"(?<=[\u4e00-\u9fff]){_titles('zh')}$", "", text)
        text = re.sub(r"(?<=.)[（(][^）)]*[）)]$", "", text)
    return Key(re.sub(r"[\s\-·・.]+", " ", text).strip(), kind)


def sign(short: Key, long: Key) -> Sign | None:
    """The strongest sign that `short` stands for `long`, None where there is none."""
    if short.kind != long.kind or short.text == long.text:
        return None
    rules = {PERSON: _person, COMPANY: _company}.get(short.kind, _product)
    return min(rules(short.text, long.text), default=None, key=lambda found: found.rank)


def is_titled(key: Key) -> bool:
    """Whether it is a Chinese surname with a title: such a name may be longer than the person's own."""
    return key.kind == PERSON and bool(_titled().fullmatch(key.text))


def _person(short: str, long: str) -> Iterator[Sign]:
    titled = _titled().fullmatch(short)
    if titled and titled["surname"] != short:
        yield from _surname(titled["surname"], long)
    elif _is_latin(short):
        yield from _latin_person(short.split(), long.split())
    elif " " in long:
        if short in long.split():
            yield Sign(0, "part of a name")
    elif len(long) > len(short):
        if long.endswith(short) or long.startswith(short):
            yield Sign(0, "part of a name")
        prefixes = lexicon("zh")["names"]["person_prefixes"]
        if len(short) == 2 and len(long) <= 3 and short[0] in prefixes and short[1] in (long[0], long[-1]):
            yield Sign(0, "surname with a familiar word")


def _is_latin(text: str) -> bool:
    return bool(re.match(r"[a-zà-ž]", text))


def _latin_person(short: list[str], long: list[str]) -> Iterator[Sign]:
    if len(short) > 1 and sorted(short) == sorted(long):
        yield Sign(0, "the same words in another order")
    if len(short) < len(long):
        part = short in (long[-len(short) :], long[: len(short)])
        if part or (len(short) == 1 and short[0] in long):
            yield Sign(0, "part of a name")


def _surname(surname: str, long: str) -> Iterator[Sign]:
    """Whether 蔡主席, 老冯先生 or 小蔡董 may be this person."""
    other = _titled().fullmatch(long)
    if other:
        if other["surname"] == surname:
            yield Sign(1, "the same surname with a title")
    elif len(surname) < len(long) <= 4 and long.startswith(surname):
        yield Sign(0, "surname with a title")


def _company(short: str, long: str) -> Iterator[Sign]:
    if core(short) == core(long) and not _other_trades(short, long):
        yield Sign(4 if _of_one_group(short, long) else 0, "the same but for the legal form")
    if any(map(is_han, short)):
        yield from _chinese_company(short, long)
    else:
        yield from _latin_company(short, long)


def _of_one_group(one: str, other: str) -> bool:
    """Whether one is called a group and the other has a trade in its name: often two companies of one house."""
    ends = _group_end()
    named_both = core(one) not in (one, other)
    return named_both and any(map(is_han, other)) and bool(ends.search(one)) != bool(ends.search(other))


def _other_trades(one: str, other: str) -> bool:
    """Whether each name has a trade that the other has not: 伟鸿酒店 and 伟鸿食品."""
    mine, theirs = _trades(one), _trades(other)
    return bool(mine - theirs and theirs - mine)


@cache
def _trades(name: str) -> frozenset[str]:
    """The ends of a name behind its core, less those of legal form."""
    rest = name[len(core(name)) :]
    ends = re.findall(_ends_zh(), rest) if any(map(is_han, name)) else re.findall(r"[^\W_]+", rest)
    legal = {*lexicon("zh")["names"]["legal_ends"], *lexicon("en")["names"]["legal_ends"]}
    return frozenset(ends) - legal


def _chinese_company(short: str, long: str) -> Iterator[Sign]:
    if len(short) < 2:
        return
    if long.startswith(short):
        yield _start(long[len(short) :])
        return
    if long.endswith(short):
        if len(short) >= 4:
            yield Sign(2, "end of the full name")
        elif short not in lexicon("zh")["names"]["too_common"]:
            yield Sign(3, "end of the full name")
    stem = core(short)
    if len(stem) >= 2 and stem in long and not _other_trades(short, long):
        before, after = long.split(stem, 1)
        if re.fullmatch(f"{_ends_zh()}*", before) and re.fullmatch(f"{_ends_zh()}*", after):
            yield Sign(1, "stem of the full name")
    if short[0] == long[0] and len(long) >= len(short) + 2 and _in_order(short, long):
        yield Sign(4, "letters of the full name")


def _start(rest: str) -> Sign:
    """The sign for a name that is the start of another; `rest` is what that one says more."""
    unit = bool(_unit_zh().fullmatch(rest))
    if re.fullmatch(f"{_ends_zh()}+", rest):
        return Sign(1 if unit else 0, "short for the full name")
    return Sign(5, "start of a unit's name") if unit else Sign(3, "start of the full name")


def _in_order(short: str, long: str) -> bool:
    rest = iter(long)
    return all(letter in rest for letter in short)


def _latin_company(short: str, long: str) -> Iterator[Sign]:
    parts, whole = re.findall(r"[^\W_]+|&", short), re.findall(r"[^\W_]+|&", long)
    if not parts or len(parts) > len(whole):
        return
    small = lexicon("en")["names"]["small_words"]
    if len(short) >= 2 and short == "".join(w[0] for w in whole if w not in small):
        yield Sign(1, "initials")
    if len(short) < 3:
        return
    if any(map(is_han, long)):
        if parts == re.findall(r"[a-z0-9&]+", long):
            yield Sign(3, "the Latin letters of the full name")
        return
    units = set(lexicon("en")["names"]["units"])
    if whole[: len(parts)] == parts:
        unit = bool(set(whole[len(parts) :]) & units)
        yield Sign(5, "start of a unit's name") if unit else Sign(1, "start of the full name")
    elif whole[-len(parts) :] == parts and not set(whole[: -len(parts)]) & units:
        yield Sign(3, "end of the full name")


def _product(short: str, long: str) -> Iterator[Sign]:
    if short.replace(" ", "") == long.replace(" ", ""):
        yield Sign(0, "the same but for spaces")
    if short[:1].isdigit():
        return
    if any(map(is_han, short)):
        if len(short) >= 2 and long.endswith(short):
            yield Sign(3, "end of the full name")
        return
    parts = short.split()
    if len(short) >= 4 and long.split()[-len(parts) :] == parts:
        yield Sign(1, "end of the full name")
    letters = r"[a-z0-9&]+"
    if any(map(is_han, long)) and len(short) >= 3 and re.findall(letters, long) == re.findall(letters, short):
        yield Sign(3, "the Latin letters of the full name")


@cache
def core(name: str) -> str:
    """A company's name without the ends that say nothing."""
    text, cut = name, re.sub(rf",? {_ends_en()}\.?$", "", name).strip(" ,")
    while cut and cut != text:
        text, cut = cut, re.sub(rf",? {_ends_en()}\.?$", "", cut).strip(" ,")
    cut = re.sub(f"{_ends_zh()}$", "", text)
    while len(cut) >= 2 and cut != text:
        text, cut = cut, re.sub(f"{_ends_zh()}$", "", cut)
    return text


@cache
def _titles(language: str) -> str:
    return alternatives(language, "names", "titles")


@cache
def _titled() -> re.Pattern[str]:
    """A Chinese surname with a title behind it."""
    names = lexicon("zh")["names"]
    roles = {word for listed in lexicon("zh")["roles"].values() for word in listed}
    listed = {w.casefold() for w in (*roles, *names["titles"], *names["person_titles"], *names["person_suffixes"])}
    titles = "|".join(sorted(map(re.escape, listed), key=lambda word: (-len(word), word)))
    return re.compile(rf"[{names['person_prefixes']}大]?(?P<surname>[\u4e00-\u9fff]{{1,2}}?)(?:{titles}){{1,2}}")


@cache
def _group_end() -> re.Pattern[str]:
    return re.compile(rf"{alternatives('zh', 'names', 'group_ends')}$")


@cache
def _ends_en() -> str:
    return alternatives("en", "names", "company_ends")


@cache
def _ends_zh() -> str:
    return rf"(?:{alternatives('zh', 'names', 'company_ends')}|（[^）]*）|\([^)]*\))"


@cache
def _unit_zh() -> re.Pattern[str]:
    ends = "|".join(map(re.escape, words("zh", "names", "unit_ends")))
    return re.compile(f"{alternatives('zh', 'names', 'units')}|.*(?:{ends})")
