"""The records that bodies carry in the shapes of claims.jsonl, judgements.jsonl and FollowTheMoney, as described."""

from typing import Annotated, Any

from pydantic import Field, WithJsonSchema

from api.description import Schema, marked
from graph.model import VERDICTS
from loaders.problems import LIMITS

NOT_BLANK = r"[^\s\x1c-\x1f\x85]"  # these too are white space here


def _text(most: int) -> Schema:
    return {"type": "string", "pattern": NOT_BLANK, "maxLength": most}


def _maybe(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


_NAME = _text(LIMITS.name)
_REFERENT: Schema = {
    "type": "object",
    "required": ["kind", "names"],
    "properties": {
        "id": {
            "description": "What tells it from others in the document; its kind and first name where there is none."
        },
        "kind": marked("KindWord"),
        "names": {"type": "array", "items": _NAME, "minItems": 1},
    },
}
_CLAIM: Schema = {
    "type": "object",
    "required": ["subject", "predicate", "object", "quote"],
    "properties": {
        "subject": _REFERENT,
        "predicate": marked("StatedPredicate"),
        "object": _REFERENT,
        "status": _maybe(marked("StatusName")),
        "attributes": {"type": ["object", "null"]},
        "quote": {**_text(LIMITS.quote), "description": "Words of the document, exactly as they stand there."},
        "start": {"description": "Where the quote starts, in characters; found where the quote stands there once."},
        "end": {"description": "Where it ends."},
        "speaker": {"description": "The name of the person who said it, or an entity like the subject."},
        "method": {"description": "How it was found, in a word or two."},
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
    },
}
_IMPORTED: Schema = _CLAIM | {
    "required": ["document", *_CLAIM["required"]],
    "properties": {"document": {"type": "string", "minLength": 1}} | _CLAIM["properties"],
}
_SIDE: Schema = {"type": "object", "required": ["name"], "properties": {"name": _NAME}}
# At least two names or sides. Said with "if", because what makes classes out of a description stumbles over "anyOf".
SEVERAL: Schema = {
    "if": {"required": ["sides"], "properties": {"sides": {"type": "array", "minItems": 1}}},
    "then": {
        "anyOf": [
            {"properties": {"sides": {"minItems": 2, "uniqueItems": True}}},
            {"required": ["names"], "properties": {"names": {"type": "array", "minItems": 1, "uniqueItems": True}}},
        ]
    },
    "else": {"required": ["names"], "properties": {"names": {"type": "array", "minItems": 2, "uniqueItems": True}}},
}
_ABOUT = _maybe({"type": "string", "maxLength": LIMITS.quote})
_JUDGEMENT: Schema = SEVERAL | {
    "type": "object",
    "required": ["verdict"],
    "properties": {
        "verdict": {"enum": list(VERDICTS)},
        "names": _maybe({"type": "array", "items": _NAME}),
        "sides": _maybe({"type": "array", "items": _SIDE}),
        "kind": _maybe(marked("KindWord")),
        "reason": _ABOUT,
        "author": _ABOUT,
        "at": _ABOUT,
    },
}
_FTM: Schema = {
    "type": "object",
    "required": ["id", "schema"],
    "properties": {
        "id": {"type": "string"},
        "schema": {"type": "string"},
        "properties": {"description": "A list of texts for each property."},
    },
}

Name = Annotated[str, Field(max_length=LIMITS.name, pattern=NOT_BLANK)]
ClaimRecord = Annotated[dict[str, Any], WithJsonSchema(_CLAIM)]
ImportedClaim = Annotated[dict[str, Any], WithJsonSchema(_IMPORTED)]
JudgementRecord = Annotated[dict[str, Any], WithJsonSchema(_JUDGEMENT)]
FtmEntity = Annotated[dict[str, Any], WithJsonSchema(_FTM)]
