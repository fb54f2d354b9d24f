"""What a conversation was about: entities that "it", "his" or 它 may mean in the next question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from graph.errors import BadInput
from questions.evidence import Being
from questions.meaning import Named
from questions.tokens import Token


@dataclass(frozen=True, slots=True)
class Topic:
    """The entities named by the question before, and those its answer gave."""

    about: tuple[Being, ...] = ()
    given: tuple[Being, ...] = field(default=())

    @staticmethod
    def of(context: Mapping[str, Any]) -> Topic:
        """The topic in a context value; raises BadInput where it is none of ours."""
        return Topic(*(tuple(_being(one) for one in context.get(name, ())) for name in ("about", "given")))

    def as_context(self) -> dict[str, Any]:
        """The topic as a value that travels with an answer."""
        return {
            name: [{"id": one.id, "name": one.name, "kinds": list(one.kinds)} for one in beings]
            for name, beings in (("about", self.about), ("given", self.given))
            if beings
        }

    def meant(self, pronoun: str) -> Named | None:
        """Whom a kind of pronoun means, as [pronouns] names them; "" means what the question before was about."""
        if pronoun == "person":
            found = [one for one in (*self.given, *self.about) if "Person" in one.kinds][:1]
        elif pronoun == "several":
            found = list(self.given or self.about)
        elif pronoun == "thing":
            found = [one for one in (*self.given, *self.about) if "Person" not in one.kinds][:1]
        else:
            found = [one for one in (*self.about, *self.given) if not pronoun or "Person" not in one.kinds][:1]
        if not found:
            return None
        return Named(tuple(one.id for one in found), ("\0" if len(found) > 1 else "") + found[0].name, found[0].kinds)


def _being(told: object) -> Being:
    if not isinstance(told, Mapping) or not isinstance(told.get("id"), str):
        raise BadInput("each entity of a context needs an id", field="context")
    name = str(told.get("name") or told["id"])
    return Being(told["id"], name, (name,), tuple(str(kind) for kind in told.get("kinds") or ()))


def with_topic(tokens: Sequence[Token], topic: Topic) -> list[Token]:
    """The clause with its pronouns, or what it leaves out, taken from the topic."""
    if any(token.part == "entity" for token in tokens):
        return list(tokens)
    found = list(tokens)
    for place, token in enumerate(found):
        who = topic.meant(token.key) if token.part == "pronoun" else None
        if who is not None:
            entity = replace(token, part="entity", key="", who=who, words=who.kinds, senses=())
            owner = found[place + 1 : place + 2]
            own = "possessive" in token.marks and not (owner and owner[0].part == "genitive")
            mark = [Token("genitive", "", "", token.end, token.end)] if own else []
            return [*found[:place], entity, *mark, *found[place + 1 :]]
    who = topic.meant("")
    says = any(token.part in ("verb", "noun", "role", "family") for token in found)
    if who is None or not says or any(token.part == "unknown" for token in found):
        return found
    start = found[0].start
    entity = Token("entity", "", who.text, start, start, who=who, words=who.kinds)
    noun = next((place for place, token in enumerate(found) if token.part in ("noun", "role", "family")), None)
    of = Token("genitive", "", "", start, start)
    first = next((token for token in found if token.part not in ("case", "adjective", "small")), None)
    if first and first.part == "verb" and not first.text.isascii() and any(token.part == "ask" for token in found):
        return [entity, *found]  # 后来投了谁
    return (
        [entity, of, *found]
        if noun == 0
        else [*found, entity]
        if noun is None
        else [*found[:noun], entity, of, *found[noun:]]
    )
