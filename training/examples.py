"""Annotated documents and FinRE lines as what the reader is trained on: windows with mentions, links and relations."""

import collections
import json
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from loaders.passages import Passage, Unit, prepare
from loaders.schema import KINDS, PREDICATES, SYMMETRIC, TAGS
from loaders.tokens import Tokenizer

STATUSES = (
    "none",
    "considered",
    "rumoured",
    "announced",
    "pending",
    "active",
    "completed",
    "ended",
    "terminated",
    "blocked",
    "rejected",
    "denied",
)
CURRENT = ("unknown", "current", "former")


@dataclass
class Mentioned:
    """A gold mention within a window: tokens [first, last) of the window, its entity and kind, whether by name."""

    first: int
    last: int
    entity: str
    kind: str
    named: bool
    sentence: int


@dataclass
class Window:
    """One training example."""

    document: str
    pieces: list[int]
    units: list[Unit]
    first: int
    tags: np.ndarray
    mentions: list[Mentioned]
    positive: dict[tuple[str, str, int], dict]
    skipped: set[tuple[str, str, int]]
    hard: set[tuple[str, str, int]] = field(default_factory=set)
    hidden: object = None


def pieces_of(passage: Passage, window: tuple[int, int]) -> list[int]:
    return [0, *(token.piece for token in passage.tokens[window[0] : window[1]]), 2]


def _triples(fact: dict) -> list[tuple[str, str, int]]:
    p = PREDICATES.index(fact["p"])
    both = [(fact["s"], fact["o"], p)]
    return both + [(fact["o"], fact["s"], p)] if fact["p"] in SYMMETRIC else both


def windows(name: str, text: str, gold: dict, tokenizer: Tokenizer) -> list[Window]:
    passage = prepare(text, tokenizer)
    kind = {e["id"]: e["kind"] for e in gold["entities"]}
    mentions = sorted(
        (m for m in gold["mentions"] if kind.get(m["id"]) in KINDS), key=lambda m: (m["start"], -m["end"])
    )
    return [_window(name, passage, w, gold, mentions, kind) for w in passage.windows]


def _window(name, passage, bounds, gold, mentions, kind) -> Window:
    first, last = bounds
    units = passage.units(first, last)
    starts = np.array([u.start for u in units])
    tags = np.zeros(len(units), np.int64)
    inside = []
    low, high = passage.tokens[first].start, passage.tokens[last - 1].end
    for m in mentions:
        if m["start"] < low or m["end"] > high:
            continue
        span = passage.span(m["start"], m["end"])
        label = kind[m["id"]] if m["named"] else "ref"
        a, b = np.searchsorted(starts, [m["start"], m["end"]])
        if a > 0 and a < len(units) and units[a].start > m["start"]:
            a -= 1
        if a < b and not tags[a:b].any():
            tags[a:b] = TAGS.index("I-" + label)
            tags[a] = TAGS.index("B-" + label)
        inside.append(
            Mentioned(
                span[0] - first,
                span[1] - first,
                m["id"],
                kind[m["id"]],
                m["named"],
                int(passage.sentence_at[m["start"]]),
            )
        )
    here = {m.entity for m in inside}
    positive, skipped, hard = {}, set(), set()
    for fact in gold["facts"]:
        if fact["s"] not in here or fact["o"] not in here or fact["p"] not in PREDICATES:
            continue
        at = passage.text.find(fact.get("evidence") or "\0")
        far = at >= 0 and (at + len(fact["evidence"]) <= low or at >= high)
        for triple in _triples(fact):
            if fact.get("optional") or far:
                skipped.add(triple)
            else:
                positive[triple] = fact["attrs"]
        for other in [fact["alt_p"]] if isinstance(fact.get("alt_p"), str) else fact.get("alt_p") or []:
            if other in PREDICATES:
                skipped.update(_triples({**fact, "p": other}))
    for wrong in gold.get("negatives") or []:
        if wrong["p"] in PREDICATES:
            hard.update(t for t in _triples(wrong) if t not in positive)
    return Window(name, pieces_of(passage, bounds), units, first, tags, inside, positive, skipped - set(positive), hard)


def load(folder: Path, tokenizer: Tokenizer, names: list[str]) -> list[Window]:
    found = []
    for name in names:
        gold = json.loads((folder / "gold" / f"{name}.json").read_text(encoding="utf-8"))
        found += windows(name, (folder / "docs" / f"{name}.txt").read_text(encoding="utf-8"), gold, tokenizer)
    return found


def names(folder: Path) -> list[str]:
    return sorted(p.stem for p in (folder / "gold").glob("*.json"))


def fold_of(folder: Path, folds: int) -> dict[str, int]:
    """The fold of each document: every group of like documents is dealt out evenly."""
    by = collections.defaultdict(list)
    for name in names(folder):
        by[name.rsplit("-", 1)[0]].append(name)
    return {name: (i + k) % folds for k, group in enumerate(by.values()) for i, name in enumerate(group)}


# ---- FinRE -------------------------------------------------------------------------------------------------------


@dataclass
class Line:
    """A FinRE pair in the order of the text: tokens of both names and the labels seen, with how often."""

    pieces: list[int]
    first: tuple[int, int]
    second: tuple[int, int]
    labels: collections.Counter
    units: list[Unit]
    tags: np.ndarray
    text: str
    hidden: object = None


def finre(path: Path, tokenizer: Tokenizer, labels: set[str]) -> list[Line]:
    from loaders.pairs import group, read_lines

    cases = group(read_lines(path), labels)
    names = collections.defaultdict(set)
    for case in cases:
        for a, b in (case.first, case.second):
            names[case.sentence].add(case.sentence[a:b])
    found = []
    for case in cases:
        passage = prepare(case.sentence, tokenizer)
        a, b = passage.span(*case.first), passage.span(*case.second)
        if a and b and len(passage.tokens) < 200:
            units = passage.units(0, len(passage.tokens))
            tags = company_tags(case.sentence, names[case.sentence], units)
            pieces = [0, *(t.piece for t in passage.tokens), 2]
            found.append(Line(pieces, a, b, case.labels, units, tags, passage.simple))
    return found


IGNORED = -100


def company_tags(sentence: str, names: set[str], units: list[Unit]) -> np.ndarray:
    """Tags of the places of known company names and of the letters beside them; nothing is known of the others."""
    tags = np.full(len(units), IGNORED, np.int64)
    starts = np.array([u.start for u in units])
    for name in sorted(names, key=len, reverse=True):
        at = sentence.find(name)
        while at >= 0 and name:
            a, b = np.searchsorted(starts, [at, at + len(name)])
            if a < b and units[a].start == at and (tags[a:b] <= 0).all():
                tags[a:b] = TAGS.index("I-company")
                tags[a] = TAGS.index("B-company")
                for beside in (a - 1, b):
                    if 0 <= beside < len(units) and tags[beside] == IGNORED:
                        tags[beside] = 0
            at = sentence.find(name, at + 1)
    return tags


@dataclass
class Page:
    """A text of which only the tags of persons and organisations are known."""

    pieces: list[int]
    units: list[Unit]
    tags: np.ndarray
    text: str
    hidden: object = None


def redocred(path: Path, tokenizer: Tokenizer) -> list[Page]:
    """Re-DocRED paragraphs: names of persons and organisations; other capitalised words are no mention."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        stored = json.loads(line)
        passage = prepare(stored["text"], tokenizer)
        if not 0 < len(passage.tokens) <= 500:
            continue
        units = passage.units(0, len(passage.tokens))
        starts = np.array([u.start for u in units])
        capital = [stored["text"][u.start].isupper() or stored["text"][u.start].isdigit() for u in units]
        tags = np.where(capital, 0, IGNORED)
        for entity in stored["entities"]:
            kind = {"PER": "person", "ORG": "company"}.get(entity["type"])
            for start, end in entity["mentions"]:
                a, b = np.searchsorted(starts, [start, end])
                if a < b:
                    tags[a:b] = 0 if kind else IGNORED
                    if entity["type"] == "MISC":
                        tags[a:b] = IGNORED
                    if kind:
                        tags[a:b] = TAGS.index(f"I-{kind}")
                        tags[a] = TAGS.index(f"B-{kind}")
        pieces = [0, *(t.piece for t in passage.tokens), 2]
        found.append(Page(pieces, units, tags.astype(np.int64), passage.simple))
    return found
