"""Who is what to whom in a claim of family: the words of the quote decide where documents turn it round."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph.names import simplified

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from questions.evidence import Being, Evidence
    from questions.lexicon import Lexicon

_AFTER = 4  # letters between "her father, " and the name that follows


def oriented(found: Sequence[Evidence], lexicon: Lexicon) -> list[Evidence]:
    """Claims of family as "subject is this to object"; a document that turns one round turns its others round too."""
    told = {one.claim: _turned(one, lexicon) for one in found if one.predicate == "FAMILY_OF"}
    votes: dict[str, int] = {}
    for one in found:
        turned = told.get(one.claim)
        if turned is not None:
            votes[one.document] = votes.get(one.document, 0) + (1 if turned else -1)
    return [_swapped(one) if _is_turned(one, told, votes) else one for one in found]


def _is_turned(one: Evidence, told: dict[str, bool | None], votes: dict[str, int]) -> bool:
    if one.claim not in told:
        return False
    turned = told[one.claim]
    return votes.get(one.document, 0) > 0 if turned is None else turned


def _swapped(one: Evidence) -> Evidence:
    return replace(one, subject=one.object, object=one.subject, said_names=one.said_names[::-1])


def _turned(one: Evidence, lexicon: Lexicon) -> bool | None:
    """Whether the object is what the relation says, by the quote; None where the quote does not tell."""
    family = lexicon.meanings["family"]
    said = str(one.value("relation") or "").lower()
    generation = next(
        (entry["generation"] for entry in family.values() if said in entry["said"] and "generation" in entry), None
    )
    if generation is None:
        return None
    for key, being in _called(one, lexicon):
        is_elder = family[key].get("generation")
        if is_elder is not None:
            same = is_elder == generation
            return (being.id == one.object.id) is same
    return None


def _called(one: Evidence, lexicon: Lexicon) -> Iterator[tuple[str, Being]]:
    """The words of family in the quote, and which of the two each one names."""
    quote = simplified(one.quote).lower()
    for word, key in lexicon.family_words:
        for match in word.finditer(quote):
            after, before = quote[match.end() :], quote[: match.start()]
            of = lexicon.relative_of.match(after)
            being = _first_named(one, after[of.end() :] if of else after)
            owner = _last_named(one, before, lexicon)
            if being is not None:
                yield key, (one.subject if being is one.object else one.object) if of else being
            elif owner is not None:
                yield key, one.subject if owner is one.object else one.object


def _names(being: Being) -> list[str]:
    return [simplified(name).lower() for name in being.names if len(name) > 1]


def _first_named(one: Evidence, text: str) -> Being | None:
    """The one whose name follows at once."""
    places = [(text.find(name), being) for being in (one.subject, one.object) for name in _names(being)]
    near = [(place, -len(being.name), being) for place, being in places if 0 <= place <= _AFTER]
    return min(near, key=lambda item: item[:2])[2] if near else None


def _last_named(one: Evidence, text: str, lexicon: Lexicon) -> Being | None:
    """The one who is said to have the relative: "Joe Tsai's" or 蔡崇信的 before the word."""
    for being in (one.subject, one.object):
        for name in _names(being):
            place = text.rfind(name)
            if place >= 0 and lexicon.relative_after.fullmatch(text, place + len(name)):
                return being
    return None
