"""A text made ready for the models: one script, pieces, sentences, and windows that the encoder can see at once."""

import math
import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from loaders.scripts import is_han, simplify
from loaders.tokens import Token, Tokenizer

WINDOW = 510  # pieces the encoder sees at once, less its two end marks
OVERLAP = 100
_END = re.compile(
    r"[。！？!?；;]+[”」』\"’)）]*|\n+|(?<!\b[A-Z])(?<!Mr)(?<!Ms)(?<!Mrs)(?<!Dr)(?<!Inc)(?<!Co)(?<!Corp)(?<!Ltd)(?<!No)\.[\"”’)]*(?=\s+[A-Z\"“‘(])"
)


@dataclass(frozen=True)
class Unit:
    """What a tag is given to: a piece, or one character of a Chinese piece. `place` counts within its token."""

    token: int
    place: int
    start: int
    end: int


@dataclass(frozen=True)
class Passage:
    """A text with its pieces and sentences; offsets are characters of `text`."""

    text: str
    simple: str
    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...]

    @cached_property
    def windows(self) -> tuple[tuple[int, int], ...]:
        """Runs of tokens [first, last) of even length that overlap and cover the text."""
        return tuple(_windows(len(self.tokens)))

    @cached_property
    def sentence_at(self) -> NDArray[np.int32]:
        """The sentence that each character belongs to."""
        of = np.zeros(len(self.text) + 1, np.int32)
        for number, (start, end) in enumerate(self.sentences):
            of[start:end] = number
        of[-1] = max(len(self.sentences) - 1, 0)
        return of

    @cached_property
    def token_at(self) -> list[int]:
        """The token that covers each character, -1 for white space."""
        of = [-1] * (len(self.text) + 1)
        for number, token in enumerate(self.tokens):
            of[token.start : token.end] = [number] * (token.end - token.start)
        return of

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The tokens [first, last) that touch the characters [start, end); None where there is none."""
        touched = [number for number in self.token_at[start:end] if number >= 0]
        return (touched[0], touched[-1] + 1) if touched else None

    def units(self, first: int, last: int) -> list[Unit]:
        """The units of tokens [first, last); Chinese pieces fall into characters."""
        found: list[Unit] = []
        for number in range(first, last):
            token = self.tokens[number]
            if token.end - token.start > 1 and any(map(is_han, self.simple[token.start : token.end])):
                found.extend(Unit(number, i - token.start, i, i + 1) for i in range(token.start, token.end))
            else:
                found.append(Unit(number, 0, token.start, token.end))
        return found


def prepare(text: str, tokenizer: Tokenizer) -> Passage:
    """The passage for `text`."""
    simple = simplify(text)
    cuts = sorted({0, len(simple), *(found.end() for found in _END.finditer(simple))})
    sentences = tuple((a, b) for a, b in pairwise(cuts) if simple[a:b].strip())
    return Passage(text, simple, tuple(tokenizer.tokens(simple)), sentences)


def _windows(size: int) -> list[tuple[int, int]]:
    if size <= WINDOW:
        return [(0, size)]
    count = math.ceil((size - OVERLAP) / (WINDOW - OVERLAP))
    length = min(WINDOW, math.ceil((size + (count - 1) * OVERLAP) / count))
    step = (size - length) / (count - 1)
    return [(round(i * step), round(i * step) + length) for i in range(count)]
