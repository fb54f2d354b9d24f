"""The graph in the forms of others: GraphML, JSON-LD, tables for Neo4j, lines of JSON, FollowTheMoney."""

import csv
import io
import json
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from graph import extract
from graph.extract import Extract, Member
from graph.reader import Reader
from graph.readings import Evidence, Link
from graph.records import judgement_of
from loaders import followthemoney
from loaders.claimsfile import claim_record
from loaders.judgementsfile import judgement_record

_NODE_KEYS = ("name", "kinds", "names", "claims", "documents")
_EDGE_KEYS = ("predicate", "status", "since", "until", "current", "documents", "claims", "attributes", "symmetric")
_SCHEMA_TYPE = {"Person": "Person", "Company": "Organization", "Product": "Product", "Partnership": "Organization"}
# JSON-LD's term for a predicate where schema.org has one; from the subject's side.
_TERMS = {
    "FOUNDED": "guanxi:founded",
    "HOLDS_ROLE_AT": "schema:worksFor",
    "OWNS": "schema:owns",
    "FAMILY_OF": "schema:relatedTo",
    "EDUCATED_AT": "schema:alumniOf",
    "MEMBER_OF": "schema:memberOf",
    "PART_OF": "schema:isPartOf",
}


def graphml(reader: Reader, part: Extract) -> Iterator[bytes]:
    """GraphML, as Gephi and networkx open it: every attribute as text but the counts.

    Every edge is directed, as networkx takes no graph of both kinds; `symmetric` tells where that means nothing.
    """
    head = ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    for where, keys in (("node", _NODE_KEYS), ("edge", _EDGE_KEYS)):
        for key in keys:
            kind = "int" if key == "documents" or (where, key) == ("node", "claims") else "string"
            head.append(f'<key id="{where}_{key}" for="{where}" attr.name="{key}" attr.type="{kind}"/>')
    yield "\n".join([*head, '<graph edgedefault="directed">\n']).encode()
    for member in extract.members(reader, part):
        told = (member.ref.name, " ".join(member.ref.kinds), "; ".join(member.names), member.claims, member.documents)
        yield f"<node id={quoteattr(member.ref.id)}>{_data('node', _NODE_KEYS, told)}</node>\n".encode()
    for link in extract.links(reader, part):
        ends = f"source={quoteattr(link.start.id)} target={quoteattr(link.end.id)}"
        symmetric = "true" if link.predicate in reader.symmetric else "false"
        data = _data("edge", _EDGE_KEYS, (*_edge(link), symmetric))
        yield f"<edge id={quoteattr(link.id)} {ends}>{data}</edge>\n".encode()
    yield b"</graph>\n</graphml>\n"


def _edge(link: Link) -> tuple[object, ...]:
    attributes = json.dumps(dict(link.attributes), ensure_ascii=False)
    current = "true" if link.current else "false"
    claims = " ".join(link.claims)
    return link.predicate, link.status, link.since, link.until, current, link.documents, claims, attributes


def _data(where: str, keys: Sequence[str], values: Sequence[object]) -> str:
    said = ((key, value) for key, value in zip(keys, values, strict=True) if value is not None)
    return "".join(f'<data key="{where}_{key}">{_xml(str(value))}</data>' for key, value in said)


def _xml(text: str) -> str:
    """The text without what XML cannot hold."""
    return escape("".join(letter for letter in text if letter >= " " or letter in "\t\n\r"))


def jsonl(reader: Reader, part: Extract) -> Iterator[bytes]:
    """Documents, claims and judgements, one a line: what `POST /v1/import` takes, and all there is to know."""
    names: Counter[str] = Counter()
    for document in extract.texts(reader, part):
        fields = ("name", "text", "title", "language", "date", "source")
        yield _line({"document": {name: getattr(document, name) for name in fields}})
        names[document.name] += 1
    for found in extract.evidence(reader, part):
        shared = names[found.source.name] > 1
        yield _line({"claim": claim_record(found.claim, found.source.id if shared else found.source.name)})
    if part == Extract():
        for row in reader.rows("all_judgements", {}):
            yield _line({"judgement": judgement_record(judgement_of(row))})


def jsonld(reader: Reader, part: Extract) -> Iterator[bytes]:
    """JSON-LD: entities in the terms of schema.org where it has them, claims as evidence in those of PROV."""
    context = {
        "schema": "https://schema.org/",
        "prov": "http://www.w3.org/ns/prov#",
        "guanxi": "urn:guanxi:",
        "id": "@id",
        "type": "@type",
    }
    yield b'{"@context":' + _json(context) + b',"@graph":['
    separator = b"\n"
    for item in _things(reader, part):
        yield separator + _json(item)
        separator = b",\n"
    yield b"]}\n"


def _things(reader: Reader, part: Extract) -> Iterator[dict[str, Any]]:
    for member in extract.members(reader, part):
        types = [f"schema:{_SCHEMA_TYPE.get(kind, 'Thing')}" for kind in member.ref.kinds]
        other = [name for name in member.names if name != member.ref.name]
        yield {
            "id": f"guanxi:entity:{member.ref.id}",
            "type": types,
            "schema:name": member.ref.name,
            "schema:alternateName": other,
        }
    for link in extract.links(reader, part):
        yield {
            "id": f"guanxi:entity:{link.start.id}",
            _TERMS.get(link.predicate, f"guanxi:{link.predicate.lower()}"): {"id": f"guanxi:entity:{link.end.id}"},
        }
    for found in extract.evidence(reader, part):
        yield _statement(found)


def _statement(found: Evidence) -> dict[str, Any]:
    claim = found.claim
    return {
        "id": f"guanxi:claim:{claim.id}",
        "type": ["prov:Entity", "schema:Claim"],
        "guanxi:subject": {"id": f"guanxi:entity:{found.subject.id}"},
        "guanxi:predicate": claim.predicate,
        "guanxi:object": {"id": f"guanxi:entity:{found.object.id}"},
        "guanxi:status": claim.status,
        "schema:text": claim.quote,
        "guanxi:start": claim.start,
        "guanxi:end": claim.end,
        "prov:wasQuotedFrom": {"id": f"guanxi:document:{found.source.id}"},
        "prov:wasAttributedTo": {"id": f"guanxi:entity:{found.speaker.id}"} if found.speaker else None,
    }


def ftm(reader: Reader, part: Extract) -> Iterator[bytes]:
    """FollowTheMoney entities, one a line."""
    for member in extract.members(reader, part):
        other = [name for name in member.names if name != member.ref.name]
        schema = followthemoney.KINDS.get(member.ref.kinds[0], "Thing")
        properties = {"name": [member.ref.name], "alias": other}
        yield _line({"id": member.ref.id, "schema": schema, "properties": properties})
    for link in extract.links(reader, part):
        schema, start, end = followthemoney.LINKS.get(link.predicate, followthemoney.OTHER)
        said = {
            start: link.start.id,
            end: link.end.id,
            "role": link.attributes.get("role") or link.predicate.lower(),
            "startDate": link.since,
            "endDate": link.until,
            "status": link.status,
            "percentage": link.attributes.get("share_pct") if schema == "Ownership" else None,
            "relationship": link.attributes.get("relation") if schema == "Family" else None,
        }
        properties = {name: [str(value)] for name, value in said.items() if value is not None}
        yield _line({"id": link.id, "schema": schema, "properties": properties})


def tables(reader: Reader, part: Extract) -> Iterator[bytes]:
    """A zip of CSV files in the form that `neo4j-admin database import` takes."""
    with tempfile.SpooledTemporaryFile(max_size=8 << 20) as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            _table(archive, "entities.csv", ("id:ID", "name", "names:string[]", ":LABEL"), _entity_rows(reader, part))
            columns = (
                ":START_ID",
                "id",
                "status",
                "since",
                "until",
                "current:boolean",
                "documents:int",
                "claims:string[]",
                "attributes",
            )
            _table(archive, "relations.csv", (*columns, ":END_ID", ":TYPE"), _relation_rows(reader, part))
        file.seek(0)
        while piece := file.read(64 << 10):
            yield piece


def _table(archive: zipfile.ZipFile, name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with archive.open(name, "w") as binary, io.TextIOWrapper(binary, encoding="utf-8", newline="") as text:
        table = csv.writer(text)
        table.writerow(columns)
        table.writerows(rows)


def _entity_rows(reader: Reader, part: Extract) -> Iterator[Sequence[object]]:
    for member in extract.members(reader, part):
        yield member.ref.id, member.ref.name, _list(member), ";".join(("Entity", *member.ref.kinds))


def _list(member: Member) -> str:
    return ";".join(name.replace(";", ",") for name in member.names)


def _relation_rows(reader: Reader, part: Extract) -> Iterator[Sequence[object]]:
    for link in extract.links(reader, part):
        current = "true" if link.current else "false"
        claims, attributes = ";".join(link.claims), json.dumps(dict(link.attributes), ensure_ascii=False)
        about = (link.id, link.status, link.since, link.until, current, link.documents, claims, attributes)
        yield link.start.id, *about, link.end.id, link.predicate


def _line(record: dict[str, Any]) -> bytes:
    return _json(record) + b"\n"


def _json(record: dict[str, Any]) -> bytes:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
