"""What /openapi.json can say only once the service is set up: the ontology's words, and the limits of its settings."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from fastapi import FastAPI
from pydantic import WithJsonSchema

from api.settings import CypherLimits
from graph.ontology import Ontology

Schema = dict[str, Any]
_MARK = "x-known-later"  # stands in a schema where one of these is to be said


def marked(name: str) -> Schema:
    """What to put into a schema for the words, or the limit, of this name."""
    return {_MARK: name}


def _word(name: str) -> WithJsonSchema:
    return WithJsonSchema(marked(name))


# What gives a field of these types its value refuses every other word.
KindName = Annotated[str, _word("KindName")]
KindWord = Annotated[str, _word("KindWord")]
PredicateName = Annotated[str, _word("PredicateName")]
StatusName = Annotated[str, _word("StatusName")]


def describe(app: FastAPI, ontology: Ontology, limits: CypherLimits) -> None:
    """Let the app's description name the words of this ontology, and these limits, wherever nothing else is taken."""
    plain = app.openapi
    words = word_schemas(ontology)
    known = {name: {"$ref": f"#/components/schemas/{name}"} for name in words} | _bounds(limits)

    def described() -> Schema:
        if app.openapi_schema is None:
            description = plain()
            description["components"]["schemas"] |= words
            app.openapi_schema = _told(description, known)
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]


def word_schemas(ontology: Ontology) -> dict[str, Schema]:
    """The schema of each sort of word."""
    kinds, predicates = ontology.kinds, ontology.predicates
    stated = (name for name, predicate in predicates.items() if not predicate.derived)
    return {
        "KindName": _words(kinds, "A kind of entity."),
        "KindWord": _words([*kinds, *map(str.lower, kinds)], "A kind of entity, capitalised or not."),
        "PredicateName": _words(predicates, "What relates two entities."),
        "StatedPredicate": _words(stated, "What a claim may state of two entities."),
        "StatusName": _words(ontology.statuses, "How a claim stands."),
    }


def _words(words: Iterable[str], about: str) -> Schema:
    return {"type": "string", "enum": list(dict.fromkeys(words)), "description": about}


def _bounds(limits: CypherLimits) -> dict[str, Schema]:
    return {
        "rows": {"maximum": int(limits.rows.ceiling)},
        "seconds": {"maximum": limits.seconds.ceiling},
        "statement": {"maxLength": limits.statement_characters},
    }


def _told(part: Any, known: Mapping[str, Schema]) -> Any:  # noqa: ANN401  (any part of a description)
    """The part of a description with what is known in place of each mark."""
    if isinstance(part, list):
        return [_told(one, known) for one in part]
    if not isinstance(part, dict):
        return part
    said = known.get(part.get(_MARK, ""), {})
    return said | {key: _told(one, known) for key, one in part.items() if key != _MARK}
