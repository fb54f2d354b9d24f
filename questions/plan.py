"""A meaning to one Cypher statement with its parameters."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from graph.folding import traditional
from questions.meaning import Fact, Open, Several, Who
from questions.rows import shown, statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.ontology import Ontology
    from questions.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Query:
    """A statement, its parameters, and how it is shown: with the parameters written into it."""

    statement: str
    parameters: Mapping[str, Any]

    @property
    def text(self) -> str:
        """The statement as it can be run by itself."""
        return shown(self.statement, self.parameters)


@dataclass(slots=True)
class Builder:
    """Collects the steps of one statement."""

    ontology: Ontology
    lexicon: Lexicon
    lines: list[str] = field(default_factory=list)
    parameters: dict[str, Any] = field(default_factory=dict)
    claims: int = 0
    nodes: int = 0
    groups: list[list[str]] = field(default_factory=list)
    grouped: str = ""

    def who(self, who: Who) -> str:
        """The variable of an entity, named or described; its steps are added first."""
        if isinstance(who, Open):
            _, node = self.fact(who.fact, who.end, inner=True)
            return node
        node = self._node()
        self.lines.append(statement("known", node=node))
        if isinstance(who, Several):
            self.parameters[node] = sorted({id_ for one in who.whos for id_ in one.ids})
            self.groups = [sorted(one.ids) for one in who.whos]
            self.grouped = node
        else:
            self.parameters[node] = list(who.ids)
        return node

    def fact(self, fact: Fact, end: str | None, *, inner: bool = False) -> tuple[str, str]:
        """The variables of the fact's claim and of the entity sought (of two known ends, the one `end` says)."""
        known, other = (fact.subject, fact.object) if fact.subject is not None else (fact.object, None)
        assert known is not None
        start = self.who(known)
        target = self.who(other) if other is not None else self._node()
        claim = self._claim(fact)
        near, far = ("SUBJECT", "OBJECT") if fact.subject is not None else ("OBJECT", "SUBJECT")
        if fact.symmetric or end == "either":
            near = far = "SUBJECT|OBJECT"
        text = statement("claimed", **{"from": start, "near": near, "claim": claim, "far": far, "to": target})
        self.lines.append(text.replace(f"({target}:Entity)", f"({target})") if other is not None else text)
        if fact.role:
            self.lines.append(statement("held_by", claim=claim))
            self.parameters[f"{claim}role"] = list(
                role_patterns(self.lexicon.role_words(fact.role), self.lexicon.marks["other_post"])
            )
        if inner:
            self.lines.append(statement("as_fact", claim=claim))
            self.parameters["asserted"] = asserted(self.ontology)
        return claim, start if other is not None and end == "subject" else target

    def _claim(self, fact: Fact) -> str:
        self.claims += 1
        claim = f"c{self.claims}"
        self.parameters[claim] = list(fact.predicates)
        return claim

    def _node(self) -> str:
        self.nodes += 1
        return f"n{self.nodes - 1}"


def asserted(ontology: Ontology) -> list[str]:
    """The statuses under which a claim holds as fact."""
    return sorted(name for name, status in ontology.statuses.items() if status.asserted)


def fact_query(fact: Fact, end: str | None, ontology: Ontology, lexicon: Lexicon) -> Query:
    """The claims of a fact, with those of the steps that lead to it; for `speaker` as the end, those with one."""
    builder = Builder(ontology, lexicon)
    claim, target = builder.fact(fact, end)
    if end == "speaker":
        builder.lines.append(statement("said_by", claim=claim))
        target = "speaker"
    if builder.grouped:
        shared = statement("shared", node=builder.grouped, claim=claim, to=target)
        answered = statement("answered", claim=claim, ends=f"{target}.id", steps="[]")
        parameters = builder.parameters | {"groups": builder.groups}
        return Query("\n".join([*builder.lines, shared, answered]), parameters)
    steps = [f"c{number}" for number in range(1, builder.claims + 1) if f"c{number}" != claim]
    ends = f"{target}.id"
    known = "[" + ", ".join(f"{step}.id" for step in steps) + "]"
    answered = statement("answered", claim=claim, ends=ends, steps=known)
    return Query("\n".join([*builder.lines, answered]), builder.parameters)


@lru_cache(maxsize=1 << 10)
def role_patterns(words: tuple[tuple[str, tuple[str, ...]], ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """Regular expressions for a role's words, each with the endings that make another post of it.

    Whole words, and not behind `other`: "vice", "deputy", 副 and their like.
    """
    spelt = ((found, ends) for word, ends in words if (found := traditional(word)) != word)
    return tuple(_role_pattern(word, ends, other) for word, ends in (*words, *spelt))


def _role_pattern(word: str, ends: tuple[str, ...], other: tuple[str, ...]) -> str:
    if re.search(r"[\u3400-\u9fff]", word):
        before = _either_script(one for one in other if not one.isascii())
        after = "|".join(_either_script(ends))
        return f"(?s)(.*[^{''.join(before)}])?{re.escape(word)}{f'(?!{after})' if after else ''}.*"
    gap = "[- ]"
    spelled, *longer = (gap.join(re.escape(part) for part in re.split(gap, one)) for one in (word, *ends))
    others = "".join(f"(?<!{one}[- ])" for one in other if one.isascii())
    after = f"(?!(?:{'|'.join(longer)})([^a-z]|$))" if longer else ""
    return f"(?is)(.*[^a-z-])?{others}{spelled}{after}([^a-z].*)?"


def _either_script(words: Iterable[str]) -> dict[str, None]:
    """The words in Simplified and in Traditional characters, each once."""
    return dict.fromkeys(spelt for word in words for spelt in (word, traditional(word)))
