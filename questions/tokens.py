"""A question cut into tokens: entities as linked, words of the lexicon, dates, and what is in neither."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from questions.lexicon import Lexicon, Sense
from questions.meaning import Who

_LATIN = re.compile(r"[A-Za-z0-9À-ɏḀ-ỿ][A-Za-z0-9À-ɏḀ-ỿ&.+\-]*(?:'(?!s\b)[A-Za-z]+)*")
_HAN = re.compile(r"[\u3400-\u9fff]")
_IN_NAMES = ("class", "verb", "noun", "adjective")  # parts of speech whose words also begin names


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the question. `part`: entity, genitive, date, share, unknown, break, or a part of the lexicon.

    `marks`: the lists of words that it stands in, for which the grammar looks.
    """

    part: str
    key: str
    text: str
    start: int
    end: int
    who: Who | None = None
    senses: tuple[Sense, ...] = ()
    case: str = ""
    words: tuple[str, ...] = field(default=())
    bracketed: bool = False
    marks: frozenset[str] = frozenset()

    def as_(self, sense: Sense) -> "Token":
        """The token read in another of its senses."""
        return replace(self, part=sense.part, key=sense.key)


def tokenise(text: str, entities: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens of the text in order; `entities` are those already linked, in order and apart."""
    tokens: list[Token] = []
    position = 0
    for entity in (*entities, None):
        end = entity.start if entity else len(text)
        tokens.extend(_words(text, position, end, lexicon))
        if entity:
            tokens.append(entity)
            position = entity.end
    whole = _joined(_unbroken(_in_names(_repeated(tokens))))
    return [replace(token, marks=lexicon.marks_of(token.text)) for token in whole]


def _words(text: str, start: int, end: int, lexicon: Lexicon) -> list[Token]:
    tokens: list[Token] = []
    position = start
    while position < end:
        token = _token(text, position, end, lexicon)
        if token is None:
            position += 1
            continue
        tokens.append(token)
        position = token.end
    return tokens


def _token(text: str, position: int, end: int, lexicon: Lexicon) -> Token | None:
    char = text[position]
    if char.isspace():
        return None
    if text.startswith("'s", position) and not text[position + 2 : position + 3].isalnum():
        return Token("genitive", "", "'s", position, position + 2)
    if char == "'" and position and text[position - 1] == "s":
        return Token("genitive", "", "'", position, position + 1)
    return _figure(text, position, end, lexicon) or _phrase(text, position, end, lexicon) or _rest(text, position, end)


def _figure(text: str, position: int, end: int, lexicon: Lexicon) -> Token | None:
    """A date or a share."""
    share = lexicon.shares.at(text, position, end)
    after_letters = position and text[position - 1].isalnum() and text[position - 1].isascii()
    if after_letters and not (share and not text[position].isascii()):
        return None
    if share:
        pct, stop = share
        return Token("share", f"{pct:g}", text[position:stop], position, stop)
    date = lexicon.dates.at(text, position, end)
    return Token("date", date[0], text[position : date[1]], position, date[1]) if date else None


def _phrase(text: str, position: int, end: int, lexicon: Lexicon) -> Token | None:
    """The longest phrase of the lexicon that starts here."""
    if _HAN.match(text[position]):
        return _han_phrase(text, position, end, lexicon)
    ends = [match.end() for match in _LATIN.finditer(text, position, end)][: lexicon.longest_words]
    if not ends or not _LATIN.match(text, position, end):
        return None
    for stop in reversed(ends):
        found = " ".join(text[position:stop].split())
        senses = lexicon.senses(found.lower()) or lexicon.senses(found.lower().rstrip("."))
        if senses:
            return replace(_worded(found, position, senses), end=stop)
    return None


def _han_phrase(text: str, position: int, end: int, lexicon: Lexicon) -> Token | None:
    """The longest Chinese phrase that starts here; a word that claims are noted for stays whole."""
    for length in range(min(lexicon.longest_han, end - position), 0, -1):
        found = text[position : position + length]
        if found in lexicon.marks["genitive"]:
            return Token("genitive", "", found, position, position + length)
        senses = lexicon.senses(found.lower())
        if senses:
            return _worded(found, position, senses)
        if length > 1 and lexicon.topics.names(found):
            return Token("unknown", "", found, position, position + length)
    return None


def _worded(text: str, position: int, senses: tuple[Sense, ...]) -> Token:
    return Token(senses[0].part, senses[0].key, text, position, position + len(text), senses=senses)


def _rest(text: str, position: int, end: int) -> Token | None:
    """A word that the lexicon lacks, one Chinese character of it, or a break between clauses."""
    latin = _LATIN.match(text, position, end)
    if latin and len(latin[0]) == 1 and latin[0].isupper():
        return Token("letter", "", latin[0], position, latin.end())
    if latin:
        return Token("unknown", "", latin[0].rstrip("."), position, latin.end())
    char = text[position]
    if char in "、,，;；?？:：。!！":
        return Token("break", "、" if char == "、" else char, char, position, position + 1)
    return Token("unknown", "", char, position, position + 1) if _HAN.match(char) else None


def _alike(first: Token, second: Token) -> bool:
    """Whether both are capitalised, neither is, or they are no Latin words: "Tsai says" is two."""
    return first.text[:1].isupper() == second.text[:1].isupper()


def _in_names(tokens: Sequence[Token]) -> list[Token]:
    """Tokens in which a capitalised word before an unknown capitalised one is part of a name: Man Fook."""
    found = list(tokens)
    for place in range(len(found) - 2, 0, -1):
        token, after = found[place], found[place + 1]
        beside = after.part == "unknown" and after.start - token.end == 1
        if beside and token.part in _IN_NAMES and all(_titled(one.text) for one in (token, after)):
            found[place] = replace(token, part="unknown", key="", senses=())
    return found


def _titled(text: str) -> bool:
    return text.isascii() and text[:1].isupper() and text[1:].islower()


def _repeated(tokens: Sequence[Token]) -> list[Token]:
    """滴滴: a small character said twice is a word that the lexicon lacks."""
    found = list(tokens)
    for place, (first, second) in enumerate(itertools.pairwise(tokens)):
        same = first.part == "small" and first.text == second.text and first.end == second.start
        if same and len(first.text) == 1 and not first.text.isascii():
            found[place], found[place + 1] = (
                replace(one, part="unknown", key="", senses=()) for one in (first, second)
            )
    return found


def _unbroken(tokens: Sequence[Token]) -> list[Token]:
    """Tokens in which a single character that touches an unknown one is no verb of its own: 追 in 追踪系统."""
    found = list(tokens)
    verbs = [token for token in found if token.part == "verb"]
    for place, token in enumerate(found):
        if _inside_word(found, place):
            found[place] = replace(token, part="unknown", key="", senses=())
        if token.part != "verb" or len(token.text) > 1 or token.text.isascii() or verbs == [token]:
            continue
        beside = [*found[max(0, place - 1) : place], *found[place + 1 : place + 2]]
        if any(
            o.part == "unknown" and not o.text.isascii() and (o.end == token.start or o.start == token.end)
            for o in beside
        ):
            found[place] = replace(token, part="unknown", key="", senses=())
    return found


def _inside_word(tokens: Sequence[Token], place: int) -> bool:
    """X的内存: a case character between a genitive and an unknown one that it touches is part of a word."""
    token, before, after = tokens[place], tokens[max(0, place - 1)], tokens[min(place + 1, len(tokens) - 1)]
    han = token.part == "case" and token.key == "of" and len(token.text) == 1 and not token.text.isascii()
    return han and before.part == "genitive" and after.part == "unknown" and after.start == token.end


def _joined(tokens: Sequence[Token]) -> list[Token]:
    """Unknown characters and words that touch, as one."""
    found: list[Token] = []
    for token in tokens:
        last = found[-1] if found else None
        if last and token.part == last.part == "unknown" and token.start - last.end <= 1 and _alike(last, token):
            space = " " if token.start > last.end else ""
            found[-1] = replace(last, text=last.text + space + token.text, end=token.end)
        else:
            found.append(token)
    return found
