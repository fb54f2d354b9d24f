"""Truth as it is stored: the properties of document, claim and judgement nodes, and the values read back from them."""

import json
from collections.abc import Mapping, Sequence
from json.encoder import encode_basestring
from typing import Any

from graph.model import Claim, Document, Judgement, Referent, Side

# The quote's offsets have these names on a claim, so its dates go by others there.
RENAMED = {"start": "since", "end": "until"}
_SAID = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
LARGEST = 2**63 - 1  # the largest whole number a property can hold


def document_properties(document: Document) -> dict[str, Any]:
    """The properties of a document's node."""
    fields = ("id", "name", "title", "language", "date", "source", "text")
    return present({name: getattr(document, name) for name in fields} | {"pages": list(document.pages) or None})


def claim_properties(claim: Claim) -> dict[str, Any]:
    """The properties of a claim's node: `said` holds it exactly, the attributes stand beside it for querying."""
    attributes = {RENAMED.get(name, name): plain(value) for name, value in claim.attributes.items()}
    own = {
        "id": claim.id,
        "document": claim.document,
        "predicate": claim.predicate,
        "status": claim.status,
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        "method": claim.method,
        "confidence": claim.confidence,
        "subject_name": claim.subject.names[0],
        "object_name": claim.object.names[0],
        "speaker_name": claim.speaker.names[0] if claim.speaker else None,
        "said": _said(claim),
    }
    return present(attributes | own)


def plain(value: object) -> object:
    """The value as a property can hold it: a list keeps its form when it is of one type, else it becomes text."""
    if type(value) is str:
        return value
    if isinstance(value, (list, tuple)):
        items = [plain(item) for item in value]
        return items if len({type(item) for item in items}) <= 1 else [str(item) for item in items]
    if isinstance(value, int) and abs(value) > LARGEST:
        return float(value)
    simple = value is None or isinstance(value, (str, int, float, bool))
    return value if simple else json.dumps(value, ensure_ascii=False)


def _said(claim: Claim) -> str:
    # What _SAID makes of all this together; it takes most of its time to begin, so texts are put together here.
    speaker = "null" if claim.speaker is None else _referent_said(claim.speaker)
    ends = f'"subject":{_referent_said(claim.subject)},"object":{_referent_said(claim.object)},"speaker":{speaker}'
    if all(type(value) is str for value in claim.attributes.values()):
        words = [f"{encode_basestring(name)}:{encode_basestring(value)}" for name, value in claim.attributes.items()]
        return f'{{{ends},"attributes":{{{",".join(words)}}}}}'
    return f'{{{ends},"attributes":{_SAID.encode(dict(claim.attributes))}}}'


def _referent_said(referent: Referent) -> str:
    return f"[{','.join(map(encode_basestring, (referent.id, referent.kind, *referent.names)))}]"


def claim_of(row: Sequence[Any]) -> Claim:
    """The claim of a row: id, document, predicate, status, quote, start, end, method, confidence, said."""
    id_, document, predicate, status, quote, start, end, method, confidence, text = row[:10]
    said = json.loads(text)
    subject, object_, speaker = (_referent(said[name]) for name in ("subject", "object", "speaker"))
    assert subject is not None  # claim_properties always writes both ends
    assert object_ is not None
    return Claim(
        document=document,
        subject=subject,
        predicate=predicate,
        object=object_,
        quote=quote,
        start=start,
        end=end,
        attributes=said["attributes"],
        status=status,
        speaker=speaker,
        method=method,
        confidence=confidence,
        id=id_,
    )


def _referent(said: Sequence[str] | None) -> Referent | None:
    return None if said is None else Referent(said[0], said[1], tuple(said[2:]))


def judgement_properties(judgement: Judgement) -> dict[str, Any]:
    """The properties of a judgement's node."""
    return {
        "id": judgement.id,
        "verdict": judgement.verdict,
        "sides": json.dumps([[s.name, s.kind, s.document] for s in judgement.sides], ensure_ascii=False),
        "names": [side.name for side in judgement.sides],
        "reason": judgement.reason,
        "author": judgement.author,
        "at": judgement.at,
    }


def judgement_of(row: Sequence[Any]) -> Judgement:
    """The judgement of a row: id, verdict, sides, reason, author, at."""
    id_, verdict, sides, reason, author, at = row
    return Judgement(
        verdict, tuple(Side(*side) for side in json.loads(sides)), reason or "", author or "", at or "", id_
    )


def present(properties: Mapping[str, Any]) -> dict[str, Any]:
    """The properties without those that have no value."""
    return {name: value for name, value in properties.items() if value is not None}
