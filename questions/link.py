"""Names in a question to entities of the graph: any script, pinyin, small errors; the longest match wins."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from graph.names import fold, key, simplified, sound
from questions.lexicon import Lexicon
from questions.meaning import Named
from questions.romanised import pinyins
from questions.rows import Read, statement
from questions.tokens import Token

_ATOM = re.compile(r"(?<!')[A-Za-z0-9À-ɏḀ-ỿ][A-Za-z0-9À-ɏḀ-ỿ.+\-]*(?:'(?!s\b)[A-Za-z]+)*|[\u3400-\u9fff]")
_GLUE = re.compile(r"(?:'s)?[ ·・&/'’.,\-–—+:：（(）)!]*")
_HAN = re.compile(r"[\u3400-\u9fff]")
_MOST_ATOMS = {True: 14, False: 7}
_NEAR = 85.0  # of 100: one wrong letter in seven
_SHORTEST_SOUND = 4
_SHORTEST_HEAD = 3  # characters: those of two are cities, as in 厦门大学
_SHORTEST_SLIP = 6
_NO_NAME_ENDS = ("noun", "role", "family", "ask", "verb")
_MOST_MEANT = 3
_MOST_SAID = 6


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the question that may be a name."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Bearing:
    """A name of the graph and one entity that bears it."""

    name: str
    key: str
    sound: str
    id: str
    kinds: tuple[str, ...]
    claims: int


def spans(text: str) -> list[Span]:
    """Every stretch of words or characters that may be a name."""
    atoms = list(_ATOM.finditer(text))
    found = []
    for first, atom in enumerate(atoms):
        for last in range(first, min(first + _MOST_ATOMS[bool(_HAN.match(atom[0]))], len(atoms))):
            if last > first and not _GLUE.fullmatch(text, atoms[last - 1].end(), atoms[last].start()):
                break
            found.append(Span(atom.start(), atoms[last].end(), text[atom.start() : atoms[last].end()]))
    return found


class Linker:
    """Finds the entities that a question names."""

    def __init__(self, read: Read, lexicon: Lexicon) -> None:
        self._read = read
        self._lexicon = lexicon

    def entities(self, text: str) -> list[Token]:
        """The named entities in order, none overlapping; where names overlap the longer one is meant."""
        candidates = [span for span in spans(text) if self._may_name(span)]
        bearings = self._bearings(candidates)
        taken: list[tuple[Span, str, tuple[Bearing, ...]]] = []
        ranked = sorted(
            ((span, how, found) for span in candidates for how, found in bearings.get(span.text, {}).items()),
            key=lambda item: (-(item[0].end - item[0].start), item[1] != "key", item[0].start),
        )
        for span, how, found in ranked:
            if all(span.end <= other.start or span.start >= other.end for other, _, _ in taken):
                taken.append((span, how, tuple(found)))
        tokens = [entity_token(span, found) for span, _, found in sorted(taken, key=lambda item: item[0].start)]
        return [replace(token, bracketed=text[: token.start].rstrip()[-1:] in ("(", "（")) for token in tokens]

    def near(self, text: str) -> list[Bearing]:
        """Entities whose Chinese name may be written so in Latin letters, or whose name begins with these words."""
        letters = sound(text)
        if len(letters) < _SHORTEST_SOUND or _HAN.search(text):
            return []
        return self._romanised(text) or self._longer(text, letters)

    def _homophone(self, text: str, letters: str) -> list[Bearing]:
        """The one Chinese name that sounds the same, typed with another character: 朱俊喜 for 朱俊熹."""
        if len(text) < _SHORTEST_HEAD:
            return []
        same = _best_of(b for b in self._lookup("sound", [letters]) if len(simplified(b.name)) == len(text))
        return same if len(same) == 1 else []

    def _romanised(self, text: str) -> list[Bearing]:
        """Chinese names that may be written so in Latin letters, in whole or at their beginning."""
        said = list(dict.fromkeys([*self._sounds(text), *pinyins(text)]))
        whole = _best_of(b for b in self._lookup("sound", said) if _HAN.search(b.name))
        if whole:
            return whole if len(whole) <= _MOST_MEANT else []
        begun = _best_of(b for b in self._starting(said[:_MOST_SAID]) if _begins_so(b.name, frozenset(said)))
        return (begun or self._headed(text)) if len(begun) <= _MOST_MEANT else []

    def _headed(self, text: str) -> list[Bearing]:
        """Taifu Financial Holding for 泰富金: a Chinese name that begins so, whose end says part of the rest."""
        head, *tail = self._name_parts(text)
        if not tail:
            return []
        said = frozenset([fold(head), *pinyins(head)])
        ends = {char for words in tail for word in words for char in word}
        begun = [b for b in self._starting(sorted(said)[:_MOST_SAID]) if _begins_so(b.name, said)]
        meant = _best_of(b for b in begun if ends & set(simplified(b.name)[1:]))
        return meant if len(meant) == 1 else []

    def _longer(self, text: str, letters: str) -> list[Bearing]:
        """Names in Latin letters that begin with these words."""
        longer = _best_of(b for b in self._starting([letters]) if _continues(b.name, text))
        return longer if len(longer) <= _MOST_MEANT else []

    def shortened(self, text: str) -> list[Bearing]:
        """The one entity whose Chinese name is these characters and a word for its kind: 雅丽娜 for 雅丽娜航空."""
        if len(text) < _SHORTEST_HEAD or not _HAN.search(text):
            return []
        begun = _best_of(
            bearing
            for bearing in self._starting([sound(text)])
            if (name := simplified(bearing.name)).startswith(text) and self._says_kind(name[len(text) :])
        )
        return begun if len(begun) == 1 else []

    def _says_kind(self, ending: str) -> bool:
        known = any(sense.part == "class" for sense in self._lexicon.senses(ending))
        return known or ending in self._lexicon.common_name_words

    def misspelt(self, text: str) -> list[Bearing]:
        """Entities with a name of which this has about one letter in seven wrong, or one Chinese character for another
        that sounds the same. It may be another's right name.
        """
        letters = sound(text)
        if len(letters) < _SHORTEST_SOUND:
            return []
        folded = fold(text)
        latin = not _HAN.search(text)
        scored = []
        for bearing in self._starting([letters[:3]]):
            score = fuzz.ratio(folded, bearing.key)
            if latin and len(letters) >= _SHORTEST_SLIP and _HAN.search(bearing.name):
                score = max(fuzz.ratio(letters, said) for said in _beginnings(bearing.name))
            scored.append((score, bearing))
        best = max((score for score, _ in scored), default=0.0)
        near = _best_of([b for score, b in scored if score == best and score >= _NEAR])
        return near if near or latin else self._homophone(text, letters)

    def alike(self, text: str, limit: int = 3) -> list[str]:
        """Names of the graph nearest to one that it does not have, best first."""
        letters = sound(text)
        rows = self._starting([letters[:2]]) if len(letters) >= 2 else []
        folded = fold(text)
        scored = sorted({(-round(fuzz.ratio(folded, b.key), 3), b.name) for b in rows})
        return [name for score, name in scored if score <= -50][:limit]

    def _may_name(self, span: Span) -> bool:
        """Whether the stretch is no common word of questions, and long enough to mean one thing."""
        small = self._lexicon.marks["no_name"]
        if span.text.split()[-1] in small or len(span.text) < 2:
            return False
        lower = span.text.lower()
        if self._lexicon.senses(lower) and (_HAN.search(lower) or lower == span.text or span.start == 0):
            return False
        first = span.text.split()[0].lower()
        words = span.text.split()
        if len(words) > 1 and words[0] != words[0].lower() and words[-1].isalpha() and words[-1] == words[-1].lower():
            return bool(_HAN.search(words[-1])) or words[-1] in self._lexicon.name_words or len(words[-1]) > 2
        if not _HAN.search(span.text) and " " in span.text and span.text.split()[0] == first and first in small:
            return False
        return not (span.text.isdigit() and len(span.text) <= 4) and len(fold(span.text)) > 1

    def _bearings(self, candidates: Sequence[Span]) -> dict[str, dict[str, list[Bearing]]]:
        by_key: dict[str, set[str]] = defaultdict(set)
        by_sound: dict[str, set[str]] = defaultdict(set)
        for text in {span.text for span in candidates}:
            by_key[fold(text)].add(text)
            by_key[fold(self._without_genitive(text))].add(text)
            if self._lexicon.senses(text.rpartition("'s ")[2]):
                continue  # X's holding is X only where it is named so in full
            by_key[key(text, "Company")].add(text)
            by_key[key(text, "Person")].add(text)
            if not _HAN.search(text) and len(fold(text)) >= _SHORTEST_SOUND:
                for letters in self._sounds(text):
                    by_sound[letters].add(text)
        found: dict[str, dict[str, list[Bearing]]] = defaultdict(lambda: defaultdict(list))
        for how, wanted in (("key", by_key), ("sound", by_sound)):
            for bearing in self._lookup(how, sorted(wanted)):
                for text in wanted[getattr(bearing, how)]:
                    if how == "sound" and not _HAN.search(bearing.name):
                        continue
                    found[text][how].append(bearing)
        return found

    def _without_genitive(self, text: str) -> str:
        """李飞飞的团队 for 李飞飞团队: the name without the 的 that is put in; as it is where a noun follows it."""
        for mark in self._lexicon.marks["genitive"]:
            first, _, last = text.partition(mark)
            nouns = {sense.part for sense in self._lexicon.senses(last)} & set(_NO_NAME_ENDS)
            if len(first) > 1 and len(last) > 1 and not nouns:
                return first + last
        return text

    def _sounds(self, text: str) -> list[str]:
        """How a Chinese name may sound that is written so in English: Yantai Data is yantai or yantaishuju."""
        head, *tail = self._name_parts(text.replace("ü", "v"))
        said = [fold(head), *(pinyins(head)[:_MOST_SAID] if tail else ())]
        for words in tail:
            said = [before + sound(word) for before in said for word in words]
        return list(dict.fromkeys([fold(text), fold(text.replace("ü", "v")), *said]))

    def _name_parts(self, text: str) -> tuple[str, *tuple[tuple[str, ...], ...]]:
        words = text.split()
        tail: list[tuple[str, ...]] = []
        while len(words) > 1 and words[-1].lower() in self._lexicon.name_words:
            tail.insert(0, self._lexicon.name_words[words.pop().lower()])
        return " ".join(words), *tail

    def _lookup(self, field: str, values: list[str]) -> list[Bearing]:
        rows = self._read(statement("names", field=field), {"values": values}) if values else []
        return [_bearing(row) for row in rows]

    def _starting(self, letters: Sequence[str]) -> list[Bearing]:
        rows = (row for one in letters for row in self._read(statement("names_starting"), {"letters": one}))
        return [_bearing(row) for row in rows]


def _beginnings(name: str) -> list[str]:
    """How a Chinese name sounds, and its beginnings of two characters and more."""
    plain = simplified(name)
    return [sound(plain[:length]) for length in range(min(2, len(plain)), len(plain) + 1)]


def _begins_so(name: str, said: frozenset[str]) -> bool:
    """Whether a Chinese name begins with characters that sound exactly so."""
    return bool(_HAN.search(name)) and not said.isdisjoint(_beginnings(name))


def _continues(name: str, text: str) -> bool:
    """Whether a name in Latin letters begins with these words."""
    return not _HAN.search(name) and name.casefold().startswith(text.casefold() + " ")


def entity_token(span: Span, found: Iterable[Bearing], taken_for: str = "") -> Token:
    """The token of a name and the entities that bear it, those with most claims first; see Named for `taken_for`."""
    best = {bearing.id: bearing for bearing in found}
    ids = sorted(best, key=lambda id_: (-best[id_].claims, id_))
    kinds = tuple(sorted({kind for id_ in ids for kind in best[id_].kinds}))
    who = Named(tuple(ids), span.text, kinds, taken_for)
    return Token("entity", "", span.text, span.start, span.end, who=who, words=kinds)


def _best_of(found: Iterable[Bearing]) -> list[Bearing]:
    best = {bearing.id: bearing for bearing in found}
    return sorted(best.values(), key=lambda b: (-b.claims, b.id))


def _bearing(row: Sequence[object]) -> Bearing:
    name, key_, sound_, id_, kinds, claims = row
    return Bearing(str(name), str(key_), str(sound_), str(id_), tuple(kinds), int(claims or 0))  # type: ignore[arg-type, call-overload]
