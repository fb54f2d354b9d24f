"""Pairs of names with a label in one sentence: files of head, tail, relation, sentence, one pair a line."""

import collections
from dataclasses import dataclass
from pathlib import Path

UNKNOWN = "unknown"
_PASSIVE = "被"


@dataclass(frozen=True)
class Row:
    """One line of such a file."""

    head: str
    tail: str
    relation: str
    sentence: str


@dataclass(frozen=True)
class Case:
    """One pair in one sentence, in the order of the text; `rows` says which lines it stands for and if reversed."""

    sentence: str
    first: tuple[int, int]
    second: tuple[int, int]
    labels: "collections.Counter[str]"
    rows: tuple[tuple[int, bool], ...]


def read_lines(path: Path) -> list[Row]:
    """The rows of a tab-separated file; raises ValueError naming the line that has not four fields."""
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        cells = [cell.strip() for cell in line.rstrip("\r").split("\t")]
        if cells == [""]:
            continue
        if len(cells) != 4:
            raise ValueError(f"{path.name} line {number}: expected head, tail, relation, sentence; got {len(cells)}")
        rows.append(Row(*cells))
    return rows


def inverse(label: str, labels: set[str]) -> str:
    """The label of the same pair read the other way."""
    if label.startswith(_PASSIVE) and label[1:] in labels:
        return label[1:]
    return _PASSIVE + label if _PASSIVE + label in labels else label


def group(rows: list[Row], labels: set[str]) -> list[Case]:
    """Each unordered pair of a sentence once, read in the order of the text."""
    together: dict[tuple[str, str, str], list[int]] = {}
    for i, row in enumerate(rows):
        low, high = sorted((row.head, row.tail))
        together.setdefault((row.sentence, low, high), []).append(i)
    return [_case(key, numbers, rows, labels) for key, numbers in together.items()]


def _case(key: tuple[str, str, str], numbers: list[int], rows: list[Row], labels: set[str]) -> Case:
    sentence, a, b = key
    of_a, of_b = _place(sentence, a, b)
    a_first = (of_a[0], -of_a[1]) <= (of_b[0], -of_b[1])
    leader = a if a_first else b
    seen: collections.Counter[str] = collections.Counter()
    where = []
    for i in numbers:
        reversed_ = rows[i].head != leader
        seen[inverse(rows[i].relation, labels) if reversed_ else rows[i].relation] += 1
        where.append((i, reversed_))
    first, second = (of_a, of_b) if a_first else (of_b, of_a)
    return Case(sentence, first, second, seen, tuple(where))


def _place(text: str, a: str, b: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """The nearest places of both names that do not overlap, else nested ones, else the start of the text."""
    best = None
    for s in _spans(text, a):
        for t in _spans(text, b):
            rank = (s[0] < t[1] and t[0] < s[1], max(t[0] - s[1], s[0] - t[1]), s[0])
            if s != t and (best is None or rank < best[0]):
                best = (rank, s, t)
    return (best[1], best[2]) if best else ((0, 1), (1, 2))


def _spans(text: str, name: str) -> list[tuple[int, int]]:
    found, at = [], text.find(name) if name else -1
    while at >= 0:
        found.append((at, at + len(name)))
        at = text.find(name, at + 1)
    return found
