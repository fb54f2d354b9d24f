"""Mentions: where a text names, or refers to, a person, a company or a product."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from loaders.encoder import Array, Encoder, gelu
from loaders.lexicon import words
from loaders.passages import Passage, Unit
from loaders.schema import KINDS, REFERENCE, TAGS
from loaders.scripts import is_han

_LEFT = re.compile(r"^(?:[\s\"“‘「『《（(,，、。.:：;；\]\[|｜*#-]|[Tt]he )+")
_RIGHT = re.compile(r"(?:[\s\"”’」』》）),，、。:：;；\]\[|｜*-]|'s|’s|\.)+$")
_DOTTED = re.compile(r"(?:\b(?:Inc|Corp|Co|Ltd|Jr|Sr|plc|Bros)|\b[A-Z](?:\.[A-Z])+)$")
_NO_TOKEN, _OTHER_TOKEN = 1, 3


@dataclass(frozen=True, slots=True)
class Mention:
    """Characters [start, end) that stand for something. `kind` is a kind, or "ref" for a mention not by name."""

    start: int
    end: int
    surface: str
    kind: str
    confidence: float

    @property
    def named(self) -> bool:
        """Whether it is a name rather than a pronoun, title or description."""
        return self.kind != REFERENCE


@dataclass(frozen=True)
class Tagging:
    """The tag scores (log probabilities, one row a unit) of a whole passage."""

    units: list[Unit]
    scores: Array


def tag(passage: Passage, lower: Sequence[Array], encoder: Encoder) -> Tagging:
    """Tags every unit of the passage; where windows overlap, the one with more around the unit decides."""
    units: list[Unit] = []
    rows: list[Array] = []
    for number, window in enumerate(passage.windows):
        mine = passage.units(*window)
        scores = _scores(passage, window[0], mine, lower[number], encoder)
        first, last = _owned(passage, number)
        keep = [i for i, unit in enumerate(mine) if first <= unit.token < last]
        units.extend(mine[i] for i in keep)
        rows.append(scores[keep])
    return Tagging(units, np.concatenate(rows) if rows else np.zeros((0, len(TAGS)), np.float32))


def find(passage: Passage, tagging: Tagging) -> list[Mention]:
    """Every mention of the passage, in order; names that were seen once are found wherever they stand again."""
    raw = [_mention(passage, *run) for run in _runs(tagging)]
    mentions = [m for m in raw if m is not None and "\n" not in m.surface and _may_be_name(passage, m)]
    settled = _borders(passage, mentions)
    return sorted(_one_kind(_again(passage, settled)), key=lambda m: (m.start, m.end))


def _may_be_name(passage: Passage, mention: Mention) -> bool:
    """Latin names have a capital or a digit; single letters, lone signs and common words are no names."""
    if not mention.named:
        return True
    if passage.simple[mention.start : mention.end] in _common_words():
        return False
    letters = [c for c in mention.surface if c.isalnum()]
    if not letters or any(map(is_han, letters)):
        return bool(letters)
    return len(letters) > 1 and any(c.isupper() or c.isdigit() for c in letters) and not mention.surface.isdigit()


def _borders(passage: Passage, mentions: list[Mention]) -> list[Mention]:
    """Names cut in two ways in one text get one border: the longer name where it stands, no odd single letter."""
    support: Counter[str] = Counter()
    for m in mentions:
        if m.named:
            support[passage.simple[m.start : m.end]] += int(m.confidence * 100)
    sure = [name for name in sorted(support, key=lambda n: (-len(n), n)) if support[name] >= _SUPPORTED]
    found: list[Mention] = []
    for m in mentions:
        better = _settled(passage, m, support, sure) if m.named else m
        if not found or better.start >= found[-1].end:
            found.append(better)
    return found


_SUPPORTED = 70


def _settled(passage: Passage, m: Mention, support: "Counter[str]", sure: list[str]) -> Mention:
    simple, name = passage.simple, passage.simple[m.start : m.end]
    if not is_han(name[0]) or not is_han(name[-1]):
        return m
    for other in sure:
        if len(other) > len(name) and name in other:
            start = m.start - other.index(name)
            if start >= 0 and simple.startswith(other, start):
                return _moved(passage, m, start, start + len(other))
        if len(other) == len(name) - 1 and len(other) > 1 and support[other] > support[name] and name.startswith(other):
            return _moved(passage, m, m.start, m.end - 1)
    return m


def _moved(passage: Passage, m: Mention, start: int, end: int) -> Mention:
    return replace(m, start=start, end=end, surface=passage.text[start:end])


def _owned(passage: Passage, number: int) -> tuple[int, int]:
    """The tokens for which this window is the most central one."""
    windows = passage.windows
    first = (windows[number][0] + windows[number - 1][1]) // 2 if number else 0
    last = (windows[number][1] + windows[number + 1][0]) // 2 if number + 1 < len(windows) else windows[number][1]
    return first, last


def _scores(passage: Passage, first: int, units: list[Unit], lower: Array, encoder: Encoder) -> Array:
    heads = encoder.heads
    pieces = encoder.tokenizer.pieces
    letters = [passage.simple[unit.start] for unit in units]
    ids = np.array([pieces.get(c, _OTHER_TOKEN) if is_han(c) else _NO_TOKEN for c in letters])
    x = encoder.linear(lower[1:-1], "t_in")[[unit.token - first for unit in units]]
    x = x + encoder.linear(encoder.words(ids), "t_char") + heads["t_place.weight"][[min(u.place, 3) for u in units]]
    x = gelu(x)
    for name in ("t_c1", "t_c2"):
        x = x + gelu(_convolve(x, encoder.kernel(name), heads[f"{name}.bias"]))
    logits = encoder.linear(x, "t_out")
    top = logits.max(-1, keepdims=True)
    scores: Array = logits - top - np.log(np.exp(logits - top).sum(-1, keepdims=True))
    return scores


def _convolve(x: Array, kernel: Array, bias: Array) -> Array:
    """Three units at a time; kernel [3, in, out]."""
    padded = np.pad(x, ((1, 1), (0, 0)))
    y: Array = bias + padded[:-2] @ kernel[0] + padded[1:-1] @ kernel[1] + padded[2:] @ kernel[2]
    return y


_INSIDE = [i for i, name in enumerate(TAGS) if name.startswith("I-")]  # each right behind the tag that begins its kind
_UNLAWFUL = -1e4  # of an inside tag that does not follow its own kind


def _best(scores: Array) -> list[int]:
    """The best lawful sequence of tags."""
    if not len(scores):
        return []
    rows = scores.tolist()
    best = [score + _UNLAWFUL if tag_ in _INSIDE else score for tag_, score in enumerate(rows[0])]
    back: list[list[int]] = []
    for row in rows[1:]:
        top = max(best)
        at = best.index(top)
        before, reached = [at] * len(row), [top] * len(row)
        for inside in _INSIDE:
            own = inside - 1 if best[inside - 1] >= best[inside] else inside
            if best[own] >= top + _UNLAWFUL:
                before[inside], reached[inside] = own, best[own]
            else:
                reached[inside] = top + _UNLAWFUL
        back.append(before)
        best = [a + b for a, b in zip(reached, row, strict=True)]
    path = [best.index(max(best))]
    for before in reversed(back):
        path.append(before[path[-1]])
    return path[::-1]


def _runs(tagging: Tagging) -> Iterable[tuple[int, int, str, float]]:
    """(start, end, kind, confidence) of each tagged run."""
    path = _best(tagging.scores)
    i = 0
    while i < len(path):
        label = TAGS[path[i]]
        j = i + 1
        if label != "O":
            while j < len(path) and TAGS[path[j]] == "I-" + label[2:]:
                j += 1
            sure = float(np.exp(tagging.scores[range(i, j), path[i:j]]).mean())
            yield tagging.units[i].start, tagging.units[j - 1].end, label[2:], sure
        i = j


def _mention(passage: Passage, start: int, end: int, kind: str, confidence: float) -> Mention | None:
    start, end = trim(passage.text, start, end)
    if kind != REFERENCE:
        start, end = _unstuck(passage.simple, start, end)
    return Mention(start, end, passage.text[start:end], kind, round(confidence, 4)) if end > start else None


def _unstuck(simple: str, start: int, end: int) -> tuple[int, int]:
    """The borders without the half of a word that lies across them: 蔡崇信周 before 三."""
    across = _border_words()
    if end - start > 2 and simple[end - 1 : end + 1] in across:
        end -= 1
    if end - start > 2 and start > 0 and simple[start - 1 : start + 1] in across:
        start += 1
    return start, end


@cache
def _common_words() -> frozenset[str]:
    return frozenset((*words("zh", "names", "common_words"), *words("en", "names", "common_words")))


@cache
def _border_words() -> frozenset[str]:
    return frozenset(words("zh", "names", "border_words"))


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The borders without quotation marks, punctuation, articles and possessives; a dot of an abbreviation stays."""
    left = _LEFT.match(text[start:end])
    first = start + left.end() if left else start
    right = _RIGHT.search(text[first:end])
    last = first + right.start() if right else end
    if last < end and text[last] == "." and _DOTTED.search(text[first:last]):
        last += 1
    return (first, last) if last > first else (start, end)


def _again(passage: Passage, mentions: list[Mention]) -> list[Mention]:
    """Adds the untagged places of names that were tagged elsewhere."""
    taken = np.zeros(len(passage.text) + 1, bool)
    for m in mentions:
        taken[m.start : m.end] = True
    best: dict[str, Mention] = {}
    for m in mentions:
        if m.named:
            key = passage.simple[m.start : m.end]
            best[key] = max(best.get(key, m), m, key=lambda x: x.confidence)
    found = list(mentions)
    for key in sorted(best, key=len, reverse=True):
        if len(key) < 2 or (key.isascii() and len(key) < 3) or best[key].confidence < 0.6:
            continue
        for place in _places(key, passage.simple):
            if not taken[place[0] : place[1]].any():
                taken[place[0] : place[1]] = True
                surface = passage.text[place[0] : place[1]]
                sure = round(best[key].confidence * 0.9, 4)
                found.append(Mention(place[0], place[1], surface, best[key].kind, sure))
    return found


def _places(key: str, simple: str) -> Iterator[tuple[int, int]]:
    """Where a name stands; one with Latin ends not within a longer word."""
    start = simple.find(key)
    while start >= 0:
        end = start + len(key)
        before = simple[start - 1 : start] if key[0].isascii() else ""
        behind = simple[end : end + 1] if key[-1].isascii() else ""
        if _of_word(before) or _of_word(behind):
            start = simple.find(key, start + 1)
        else:
            yield start, end
            start = simple.find(key, end)


def _of_word(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()


def _one_kind(mentions: list[Mention]) -> list[Mention]:
    """One spelling has one kind in one text: the one with most confidence behind it."""
    weight: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for m in mentions:
        if m.kind in KINDS:
            weight[m.surface][m.kind] += int(m.confidence * 1000)
    return [
        replace(m, kind=weight[m.surface].most_common(1)[0][0]) if m.named and m.surface in weight else m
        for m in mentions
    ]
