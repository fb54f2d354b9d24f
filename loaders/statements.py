"""A record that states something about two entities, checked against the ontology, becomes claims."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.model import Claim, Document, Referent
from graph.ontology import Ontology, Predicate
from loaders.problems import LIMITS, Limits, RefusedError
from loaders.quotes import place
from loaders.values import Value, fitted, is_absent, number

FIELDS = frozenset(
    {"document", "subject", "predicate", "object", "attributes", "quote", "start", "end"}
    | {"speaker", "method", "confidence", "status", "id"}
)
_NAME = re.compile(r"[^\W\d]\w{0,63}")
_MOST_VALUES = 50

Note = Callable[[str, str], None]


@dataclass(frozen=True)
class Statements:
    """Makes claims out of records; what is understood otherwise than written goes to `note(field, reason)`."""

    ontology: Ontology
    note: Note
    limits: Limits = field(default=LIMITS)

    def claims(self, record: Mapping[str, Any], document: Document) -> list[Claim]:
        """The claims a record states about entities of `document`: several where an attribute has several values.

        Raises RefusedError naming the field that keeps the record from being a claim.
        """
        subject = self.referent(record.get("subject"), "subject")
        object_ = self.referent(record.get("object"), "object")
        predicate = self._predicate(record.get("predicate"), subject, object_)
        quote = _text(record.get("quote"), "quote", self.limits.quote)
        start = place(document.text, quote, record.get("start"), record.get("end"), self.note)
        speaker = None if is_absent(record.get("speaker")) else self._speaker(record["speaker"])
        for name in record.keys() - FIELDS:
            self.note(name, "unknown field, passed over")
        return [
            Claim(
                document=document.id,
                subject=subject,
                predicate=predicate.name,
                object=object_,
                quote=quote,
                start=start,
                end=start + len(quote),
                attributes=attributes,
                status=status,
                speaker=speaker,
                method=_text(record.get("method") or "given", "method", 60),
                confidence=_confidence(record.get("confidence", 1.0)),
            )
            for status, attributes in self._attributes(record, predicate)
        ]

    def referent(self, value: object, where: str) -> Referent:
        """The entity of {"id", "kind", "names"}; `name` may stand for `names`; the id may lack."""
        if not isinstance(value, dict):
            raise RefusedError('an object with "kind" and "names" was expected', where)
        kind = value.get("kind")
        known = self.ontology.kind(kind) if isinstance(kind, str) else None
        if known is None:
            kinds = ", ".join(name.lower() for name in self.ontology.kinds)
            wrong = "missing" if is_absent(kind) else f"{_shown(kind)} is no kind"
            raise RefusedError(f"{wrong}: one of {kinds}", f"{where}.kind")
        names = self._names(value, f"{where}.names")
        id_ = value.get("id")
        if is_absent(id_):
            id_ = f"{known.lower()}:{names[0]}"  # a firm named for its founder is not the founder
        elif isinstance(id_, int) and not isinstance(id_, bool):
            id_ = str(id_)
        return Referent(_text(id_, f"{where}.id", self.limits.name), known, names)

    def _names(self, value: Mapping[str, Any], where: str) -> tuple[str, ...]:
        given = value.get("names", value.get("name"))
        items = given if isinstance(given, list) else [given]
        names = [_text(item, where, self.limits.name) for item in items if not is_absent(item)]
        if not names:
            raise RefusedError("at least one name is needed", where)
        return tuple(dict.fromkeys(" ".join(name.split()) for name in names))

    def _speaker(self, value: object) -> Referent:
        return self.referent({"kind": "Person", "names": [value]} if isinstance(value, str) else value, "speaker")

    def _predicate(self, value: object, subject: Referent, object_: Referent) -> Predicate:
        predicate = self.ontology.predicates.get(value) if isinstance(value, str) else None
        if predicate is None:
            raise RefusedError(f"{_shown(value)} is no predicate of the ontology", "predicate")
        if predicate.derived:
            raise RefusedError(f"{predicate.name} is derived from other claims and never stated", "predicate")
        if (subject.id, subject.kind) == (object_.id, object_.kind):
            raise RefusedError("subject and object are one entity", "object")
        if not predicate.admits(subject.kind, object_.kind):
            ends = f"{subject.kind.lower()} to {object_.kind.lower()}"
            raise RefusedError(f"{predicate.name} does not go from {ends}", "predicate")
        return predicate

    def _attributes(self, record: Mapping[str, Any], predicate: Predicate) -> list[tuple[str | None, dict[str, Any]]]:
        """Status and attributes of each claim the record states."""
        given = record.get("attributes")
        if not isinstance(given, dict | None):
            raise RefusedError("an object was expected", "attributes")
        values = {name: value for name, value in (given or {}).items() if not is_absent(value)}
        if not is_absent(record.get("status")):
            values["status"] = record["status"]
        return [self._fitted(part, predicate) for part in self._parted(values)]

    def _parted(self, values: dict[str, Any]) -> list[dict[str, Any]]:
        """The values once for each statement: a list where one value is expected tells of several."""
        lists = {name: value for name, value in values.items() if isinstance(value, list) and self._single(name)}
        values = values | {name: value[0] for name, value in lists.items()}
        lists = {name: value for name, value in lists.items() if len(value) > 1}
        if not lists:
            return [values]
        first, sizes = min(lists), {len(value) for value in lists.values()}
        if len(sizes) > 1 or max(sizes) > _MOST_VALUES:
            raise RefusedError("lists of different lengths: write one line for each statement", f"attributes.{first}")
        self.note(f"attributes.{first}", "several values: read as several claims")
        return [values | {name: value[i] for name, value in lists.items()} for i in range(sizes.pop())]

    def _single(self, name: str) -> bool:
        attribute = self.ontology.attributes.get(name)
        return attribute is not None and attribute.type != "list"

    def _fitted(self, values: dict[str, Any], predicate: Predicate) -> tuple[str | None, dict[str, Any]]:
        status = self._status(values.pop("status", None)) if "status" in values else None
        kept: dict[str, Any] = {}
        remarks: list[str] = []
        for name, value in values.items():
            if is_absent(value):
                continue
            fit = self._value(name, value, predicate)
            if fit is None:
                remarks.append(f"{name}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}")
            else:
                kept[name] = fit
        if remarks:
            kept["note"] = "; ".join([*filter(None, [kept.get("note")]), *remarks])
        return status, kept

    def _value(self, name: str, value: object, predicate: Predicate) -> Value | None:
        """The value as its attribute's type, None when it is kept in the note instead."""
        where = f"attributes.{name[:80]}"
        attribute = self.ontology.attributes.get(name)
        if attribute is None:
            if not _NAME.fullmatch(name):
                self.note(where, "not a name for an attribute; kept in the note")
                return None
            self.note(where, "unknown attribute, kept as it is")
            return _kept(value)
        fit = fitted(attribute.type, value)
        if fit is None:
            self.note(where, f"{_shown(value)} is no {attribute.type}; kept in the note")
        elif name not in predicate.attributes:
            self.note(where, f"not an attribute of {predicate.name} in the ontology; kept")
        return fit

    def _status(self, value: object) -> str | None:
        if is_absent(value):
            return None
        word = value.strip().casefold() if isinstance(value, str) else ""
        if word not in self.ontology.statuses:
            raise RefusedError(f"{_shown(value)} is no status: one of {', '.join(self.ontology.statuses)}", "status")
        return word


def _kept(value: object) -> Value:
    """An unknown attribute's value in a form that both engines keep."""
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return value
    if isinstance(value, str | bool):
        return value
    plain = number(value)
    return json.dumps(value, ensure_ascii=False) if plain is None else plain


def _text(value: object, where: str, most: int) -> str:
    """Text that is there, and not longer than allowed."""
    if is_absent(value):
        raise RefusedError("missing", where)
    if not isinstance(value, str):
        raise RefusedError(f"text was expected, not {_shown(value)}", where)
    if len(value) > most:
        raise RefusedError(f"{len(value):,} characters; at most {most:,} are kept", where)
    return value


def _confidence(value: object) -> float:
    share = value if isinstance(value, int | float) and not isinstance(value, bool) else -1
    if not 0 <= share <= 1:
        raise RefusedError(f"{_shown(value)} is no number from 0 to 1", "confidence")
    return float(share)


def _shown(value: object) -> str:
    """A value in a message, cut short."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}..."
