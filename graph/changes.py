"""The difference between two assemblies as batches of rows for statements."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.assemble import Assembly, Ends
from graph.engines.parameters import Plain
from graph.model import Entity, Name, Relation, content_id
from graph.records import plain, present
from graph.statements import statement

Rows = list[Any]  # of what a statement takes as it is: see graph/engines/parameters.py


@dataclass(frozen=True, slots=True)
class Batch:
    """One statement and the rows it is run over."""

    statement: str
    rows: Rows

    def parts(self, size: int) -> Iterator["Batch"]:
        """The batch in pieces of at most `size` rows."""
        for start in range(0, len(self.rows), size):
            yield Batch(self.statement, Plain(self.rows[start : start + size]))


def changes(old: Assembly, new: Assembly) -> Iterator[Batch]:
    """What makes a graph that holds `old` hold `new`: batches in the order they must run. None of them is empty."""
    for batch in _all_changes(old, new):
        if batch.rows:
            yield batch


def _all_changes(old: Assembly, new: Assembly) -> Iterator[Batch]:
    old_names, new_names = _name_links(old.entities.values()), _name_links(new.entities.values())
    old_links = _claim_links((id_, end) for id_, end in old.ends.items() if new.ends.get(id_) != end)
    new_links = _claim_links((id_, end) for id_, end in new.ends.items() if old.ends.get(id_, end) != end)
    gone = [old.relations[id_] for id_ in old.relations if id_ not in new.relations]
    yield from _by_word("delete_relations", "type", ((r.predicate, _place(r) | {"id": r.id}) for r in gone))
    yield from _by_word("unlink_claims", "type", (_claim_row(link) for link in old_links if link not in new_links))
    lost = [{"name": name, "entity": entity} for name, entity in old_names if (name, entity) not in new_names]
    yield Batch(statement("unlink_names"), lost)
    yield from _entity_changes(old.entities, new.entities)
    yield from _name_changes(old_names, new_names)
    yield from _fresh_ends(old.ends, new.ends)
    yield from _by_word("link_claims", "type", (_claim_row(link) for link in new_links if link not in old_links))
    yield from _relation_changes(old.relations, new.relations)
    yield Batch(statement("delete_entities"), [id_ for id_ in old.entities if id_ not in new.entities])
    yield Batch(statement("delete_unused_names"), sorted({row["name"] for row in lost}))


def _by_word(name: str, placeholder: str, rows: Iterable[tuple[str, Any]]) -> Iterator[Batch]:
    """Rows grouped by the label or type that their statement must name."""
    groups: dict[str, Rows] = defaultdict(list)
    for word, row in rows:
        groups[word].append(row)
    for word in sorted(groups):
        yield Batch(statement(name, **{placeholder: word}), groups[word])


def _entity_changes(old: Mapping[str, Entity], new: Mapping[str, Entity]) -> Iterator[Batch]:
    created = [new[id_] for id_ in new if id_ not in old]
    yield from _by_word("create_entities", "labels", ((":".join(e.kinds), entity_properties(e)) for e in created))
    kept = [(old[id_], new[id_]) for id_ in new if id_ in old and old[id_] != new[id_]]
    yield Batch(statement("update_entities"), [entity_properties(after) for _, after in kept])
    for name, first, second in (("add_kind", 1, 0), ("remove_kind", 0, 1)):
        pairs = [(set(pair[first].kinds) - set(pair[second].kinds), pair[1].id) for pair in kept]
        yield from _by_word(name, "labels", ((kind, id_) for kinds, id_ in pairs for kind in kinds))


def _name_changes(old: Mapping[tuple[str, str], Name], new: Mapping[tuple[str, str], Name]) -> Iterator[Batch]:
    added = {link: name for link, name in new.items() if link not in old}
    borne = {name for name, _ in old}
    first = {id_: entity for id_, entity in reversed(added) if id_ not in borne}
    fresh = [{"entity": e, "properties": name_properties(id_, added[id_, e])} for id_, e in first.items()]
    yield Batch(statement("create_names"), fresh)
    further = [{"name": id_, "entity": entity} for id_, entity in added if first.get(id_) != entity]
    yield Batch(statement("link_names"), further)


def _relation_changes(old: Mapping[str, Relation], new: Mapping[str, Relation]) -> Iterator[Batch]:
    created = [r for id_, r in new.items() if id_ not in old]
    yield from _by_word("create_relations", "type", ((r.predicate, _relation_row(r)) for r in created))
    updated = [r for id_, r in new.items() if id_ in old and old[id_] != r]
    yield from _by_word("update_relations", "type", ((r.predicate, _relation_row(r)) for r in updated))


def _place(relation: Relation) -> dict[str, Any]:
    return {"start": relation.start, "end": relation.end}


def _relation_row(relation: Relation) -> dict[str, Any]:
    return {"start": relation.start, "end": relation.end, "properties": relation_properties(relation)}


def relation_properties(relation: Relation) -> dict[str, Any]:
    """The properties of a relation's relationship: its attributes, and its evidence."""
    attributes = {name: plain(value) for name, value in relation.attributes.items()}
    own = {
        "id": relation.id,
        "status": relation.status,
        "since": relation.since,
        "until": relation.until,
        "current": relation.current,
        "claims": relation.claims,
        "against": relation.against,
        "documents": relation.documents,
    }
    return present(attributes | own)


def entity_properties(entity: Entity) -> dict[str, Any]:
    """The properties of an entity's node; `name_en`, `name_zh_hans`, `name_zh_hant` are its best names in each."""
    best: dict[str, str] = {}
    for name in entity.names:
        for column in _columns(name.language):
            best.setdefault(column, name.text)
    own = {"id": entity.id, "name": entity.name, "names": [name.text for name in entity.names]}
    return own | {"kinds": list(entity.kinds), "claims": entity.claims, "documents": entity.documents} | best


def _columns(language: str) -> Sequence[str]:
    both = ("name_zh_hans", "name_zh_hant")
    return {"en": ("name_en",), "zh": both, "zh-Hans": both[:1], "zh-Hant": both[1:]}.get(language, ())


def name_id(name: Name) -> str:
    """The id of a name's node: names of one spelling and key are one node, whoever bears them."""
    return content_id("n", name.text, name.key)


def name_properties(id_: str, name: Name) -> dict[str, Any]:
    """The properties of a name's node."""
    return {
        "id": id_,
        "text": name.text,
        "key": name.key,
        "slug": name.slug,
        "sound": name.sound,
        "language": name.language,
    }


def _name_links(entities: Iterable[Entity]) -> dict[tuple[str, str], Name]:
    return {(name_id(name), entity.id): name for entity in entities for name in entity.names}


_Link = tuple[str, str, str, str]  # claim, type, entity, referent


def _fresh_ends(old: Mapping[str, Ends], new: Mapping[str, Ends]) -> Iterator[Batch]:
    """The links of claims that had none: both ends of a claim at once, as every claim has them."""
    fresh = [id_ for id_ in new if id_ not in old]
    ends = [{"claim": id_, "subject": new[id_].subject, "object": new[id_].object} for id_ in fresh]
    yield Batch(statement("link_ends"), ends)
    further = (_claim_row(link) for id_ in fresh for link in _further_links(id_, new[id_]))
    yield from _by_word("link_claims", "type", further)


def _claim_links(ends: Iterable[tuple[str, Ends]]) -> dict[_Link, None]:
    links: dict[_Link, None] = {}
    for id_, end in ends:
        links[id_, "SUBJECT", end.subject, ""] = None
        links[id_, "OBJECT", end.object, ""] = None
        links.update(dict.fromkeys(_further_links(id_, end)))
    return links


def _further_links(claim: str, end: Ends) -> Iterator[_Link]:
    """Who said it, and the partnership and products it names: most claims have none of these."""
    if end.speaker:
        yield claim, "SAID_BY", end.speaker, ""
    for referent, entity in end.about:
        yield claim, "ABOUT", entity, referent


def _claim_row(link: _Link) -> tuple[str, dict[str, Any]]:
    claim, type_, entity, referent = link
    return type_, {"claim": claim, "entity": entity, "properties": {"ref": referent} if referent else {}}
