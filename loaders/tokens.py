"""Text to the encoder's pieces: a unigram tokenizer with character offsets."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Self

from loaders.starts import lengths

_META = "▁"
_UNKNOWN = 3
_FAR = -1e30


class Token(NamedTuple):
    """One piece of text: its number in the vocabulary and the characters [start, end) it covers."""

    piece: int
    start: int
    end: int


@dataclass
class Tokenizer:
    """The XLM-R unigram tokenizer (best path by piece scores) over a trimmed vocabulary."""

    pieces: dict[str, int]
    scores: list[float]
    norm: dict[str, str]
    _sizes: dict[str, tuple[int, ...]] = field(init=False)
    _floor: float = field(init=False)
    _known: dict[str, list[tuple[int, int, int]]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._sizes = lengths((piece for piece in self.pieces if len(piece) > 1), 2)
        self._floor = min(self.scores) - 10.0

    @classmethod
    def read(cls, path: Path) -> Self:
        """From a JSON file {pieces: [...], scores: [...], norm: {...}}; ids are positions in `pieces`."""
        stored = json.loads(path.read_text(encoding="utf-8"))
        pieces = {piece: i for i, piece in enumerate(stored["pieces"]) if piece and i > _UNKNOWN}
        return cls(pieces, stored["scores"], stored["norm"])

    def tokens(self, text: str) -> list[Token]:
        """The pieces of `text` in order; white space belongs to none of them."""
        found: list[Token] = []
        for word, places in self._words(text):
            found.extend(
                Token(piece, places[max(a, 1)], places[b - 1] + 1) for piece, a, b in self._word(word) if b > 1
            )
        return found

    def _words(self, text: str) -> list[tuple[str, list[int]]]:
        """Words as the model sees them (a metaspace, then normalised characters), each with where they stand."""
        words: list[tuple[str, list[int]]] = []
        letters: list[str] = []
        places: list[int] = []
        for i, letter in enumerate(text):
            for one in self.norm.get(letter, letter):
                if one.isspace():
                    if letters:
                        words.append((_META + "".join(letters), [places[0], *places]))
                        letters, places = [], []
                else:
                    letters.append(one)
                    places.append(i)
        if letters:
            words.append((_META + "".join(letters), [places[0], *places]))
        return words

    def _word(self, word: str) -> list[tuple[int, int, int]]:
        known = self._known.get(word)
        if known is None:
            known = self._best_path(word)
            if len(word) < 30 and len(self._known) < 200_000:
                self._known[word] = known
        return known

    def _best_path(self, word: str) -> list[tuple[int, int, int]]:
        """Viterbi: the cut of `word` into pieces with the highest sum of scores."""
        size, pieces, scores, sizes = len(word), self.pieces, self.scores, self._sizes
        best = [_FAR] * (size + 1)
        back = [(0, _UNKNOWN)] * (size + 1)
        best[0] = 0.0
        for i in range(size):
            here = best[i]
            for length in (1, *sizes.get(word[i : i + 2], ())):
                piece, end = pieces.get(word[i : i + length]), i + length
                if piece is not None and end <= size and here + scores[piece] > best[end]:
                    best[end], back[end] = here + scores[piece], (i, piece)
            if here + self._floor > best[i + 1]:
                best[i + 1], back[i + 1] = here + self._floor, (i, _UNKNOWN)
        path = []
        end = size
        while end > 0:
            start, piece = back[end]
            path.append((piece, start, end))
            end = start
        return path[::-1]
