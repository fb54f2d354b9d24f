"""The seeds hold together: quotes stand in their texts, words are the ontology's, mappings fit their tables."""

import csv
import json
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
DOCUMENTS = sorted((SEEDS / "documents").glob("*.md"))
MAPPINGS = sorted((SEEDS / "tables").glob("*.mapping.toml"))
ONTOLOGY = tomllib.loads((ROOT / "graph" / "ontology.toml").read_text(encoding="utf-8"))
DATES = {name for name, about in ONTOLOGY["attributes"].items() if about["type"] == "date"}


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SEEDS / name).read_text(encoding="utf-8").splitlines()]


CLAIMS = lines("claims.jsonl")
JUDGEMENTS = lines("judgements.jsonl")
TEXTS = {path.name: path.read_text(encoding="utf-8") for path in DOCUMENTS}


def front(text: str) -> dict[str, str]:
    head = text.split("---\n", 2)[1]
    return dict(line.split(": ", 1) for line in head.splitlines())


def referents(claim: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from (claim[end] for end in ("subject", "object", "speaker") if claim.get(end))


def where(claim: dict[str, Any]) -> str:
    triple = f"{claim['subject']['id']} {claim['predicate']} {claim['object']['id']}"
    return f"{claim['document']}: {triple}: {claim['quote']}"


def is_partial_date(value: str) -> bool:
    try:
        date.fromisoformat(value + "-01-01"[3 * value.count("-") :])
    except ValueError:
        return False
    return True


def rows(mapping: Path) -> list[dict[Any, Any]]:
    table = next(path for path in mapping.parent.glob(mapping.name.split(".")[0] + ".*") if path != mapping)
    text = table.read_text(encoding="utf-8")
    if table.suffix == ".jsonl":
        return [json.loads(line) for line in text.splitlines()]
    return list(csv.DictReader(text.splitlines(), strict=True))


def test_there_are_eleven_documents_and_each_has_claims() -> None:
    assert len(DOCUMENTS) == 11
    assert {claim["document"] for claim in CLAIMS} == set(TEXTS)
    assert len(CLAIMS) >= 250


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_a_document_says_what_it_is_and_where_it_is_from(name: str) -> None:
    about = front(TEXTS[name])
    assert set(about) == {"title", "date", "language", "source"}
    assert all(about.values())
    assert about["language"] in {"en", "zh-Hans", "zh-Hant"}
    assert is_partial_date(about["date"])


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_every_quote_stands_at_its_place(name: str) -> None:
    text = TEXTS[name]
    claims = [claim for claim in CLAIMS if claim["document"] == name]
    assert [where(c) for c in claims if not c["quote"] or text[c["start"] : c["end"]] != c["quote"]] == []
    body = text.index("---\n", 4) + 4
    assert [where(c) for c in claims if c["start"] < body] == []


def test_claims_stand_in_the_order_of_their_documents_and_none_twice() -> None:
    assert [(c["document"], c["start"]) for c in CLAIMS] == sorted((c["document"], c["start"]) for c in CLAIMS)
    said = [json.dumps(claim, sort_keys=True) for claim in CLAIMS]
    assert len(said) == len(set(said))


def test_claims_use_the_words_of_the_ontology() -> None:
    """Predicates, the kinds at each end, attributes, statuses: all are ones that the ontology knows."""
    wrong = [f"{where(claim)}: {problem}" for claim in CLAIMS for problem in problems(claim)]
    assert wrong == []


def problems(claim: dict[str, Any]) -> Iterator[str]:
    predicate = ONTOLOGY["predicates"].get(claim["predicate"])
    if predicate is None or predicate.get("derived"):
        yield "no such predicate"
        return
    kinds = [claim[end]["kind"].capitalize() for end in ("subject", "object")]
    if kinds[0] not in predicate["from"] or kinds[1] not in predicate["to"]:
        yield f"{kinds[0]} to {kinds[1]}"
    if predicate.get("same_kind") and kinds[0] != kinds[1]:
        yield "two kinds"
    if claim["subject"]["id"] == claim["object"]["id"]:
        yield "related to itself"
    yield from attribute_problems(claim, predicate)


def attribute_problems(claim: dict[str, Any], predicate: dict[str, Any]) -> Iterator[str]:
    types: dict[str, type | tuple[type, ...]] = {
        "text": str,
        "date": str,
        "number": (int, float),
        "boolean": bool,
        "list": list,
    }
    known = {*predicate["attributes"], *ONTOLOGY["common"]["attributes"]}
    for name, value in claim["attributes"].items():
        if name not in known:
            yield f"attribute {name}"
        elif not isinstance(value, types[ONTOLOGY["attributes"][name]["type"]]):
            yield f"{name} is {value!r}"
        elif name in DATES and not is_partial_date(str(value)):
            yield f"{name} is {value}"
    if claim["attributes"].get("status", "active") not in ONTOLOGY["statuses"]:
        yield f"status {claim['attributes']['status']}"


def test_one_id_is_one_entity_everywhere() -> None:
    """An id has one kind and one list of names, and no name of a kind belongs to two ids."""
    about = defaultdict(set)
    for referent in (referent for claim in CLAIMS for referent in referents(claim)):
        about[referent["id"]].add((referent["kind"], tuple(referent["names"])))
    assert {id_: seen for id_, seen in about.items() if len(seen) > 1} == {}
    owners = defaultdict(set)
    for id_, ((kind, names),) in about.items():
        for name in names:
            owners[kind, name].add(id_)
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


def test_a_speaker_is_a_person() -> None:
    assert [where(claim) for claim in CLAIMS if claim.get("speaker", {"kind": "person"})["kind"] != "person"] == []


def test_one_cooperation_has_one_name_for_one_pair() -> None:
    pairs = defaultdict(set)
    for claim in CLAIMS:
        if name := claim["attributes"].get("partnership"):
            assert claim["predicate"] == "PARTNERS_WITH"
            pairs[name].add(frozenset((claim["subject"]["id"], claim["object"]["id"])))
    assert pairs["Apple and Alibaba iPhone AI"] == {frozenset(("apple", "alibaba"))}
    assert pairs["NBA China and Alibaba Cloud"] == {frozenset(("nba-china", "alibaba-cloud"))}


def test_rumours_rejections_and_ended_roles_are_among_the_claims() -> None:
    said = {(c["subject"]["id"], c["predicate"], c["object"]["id"], c["attributes"].get("status")) for c in CLAIMS}
    assert ("apple", "PARTNERS_WITH", "deepseek", "rejected") in said
    assert ("apple", "PARTNERS_WITH", "baidu", "rejected") in said
    assert ("apple", "PARTNERS_WITH", "alibaba", "rumoured") in said
    assert ("joe-tsai", "HOLDS_ROLE_AT", "alibaba", "ended") in said


def test_judgements_are_well_formed_and_do_not_contradict_each_other() -> None:
    same: dict[tuple[str, str], int] = {}
    for number, judgement in enumerate(JUDGEMENTS):
        assert set(judgement) == {"verdict", "kind", "names", "reason", "author", "at"}
        assert judgement["verdict"] in {"same", "not_same"}
        assert judgement["kind"].capitalize() in ONTOLOGY["kinds"]
        assert judgement["reason"]
        assert judgement["author"]
        assert is_partial_date(judgement["at"])
        assert len(judgement["names"]) == len(set(judgement["names"])) >= 2
        if judgement["verdict"] == "same":
            repeated = [name for name in judgement["names"] if (judgement["kind"], name) in same]
            assert repeated == []
            same |= {(judgement["kind"], name): number for name in judgement["names"]}
    for judgement in (j for j in JUDGEMENTS if j["verdict"] == "not_same"):
        for one, other in combinations(judgement["names"], 2):
            group = same.get((judgement["kind"], one))
            assert group is None or group != same.get((judgement["kind"], other)), (one, other)


def test_claims_and_judgements_agree_on_who_is_who() -> None:
    """Names judged the same never belong to two ids of the claims; names judged different never to one."""
    ids = {(r["kind"], name): r["id"] for claim in CLAIMS for r in referents(claim) for name in r["names"]}
    for judgement in JUDGEMENTS:
        found = [ids[judgement["kind"], name] for name in judgement["names"] if (judgement["kind"], name) in ids]
        if judgement["verdict"] == "same":
            assert len(set(found)) <= 1, judgement["names"]
        else:
            assert len(set(found)) == len(found), judgement["names"]


@pytest.mark.parametrize("path", MAPPINGS, ids=lambda path: path.name)
def test_a_mapping_names_columns_of_its_table(path: Path) -> None:
    mapping = tomllib.loads(path.read_text(encoding="utf-8"))
    predicate = ONTOLOGY["predicates"][mapping["predicate"]]
    columns = set(mapping["attributes"].values())
    for end, allowed in (("subject", "from"), ("object", "to")):
        assert mapping[end]["kind"].capitalize() in predicate[allowed]
        columns |= {mapping[end]["name"], *mapping[end].get("names", [])}
    assert set(mapping["attributes"]) <= {*predicate["attributes"], *ONTOLOGY["common"]["attributes"]}
    assert all(columns <= set(row) for row in rows(path))


@pytest.mark.parametrize("path", MAPPINGS, ids=lambda path: path.name)
def test_a_row_is_whole_and_names_its_documents(path: Path) -> None:
    mapping = tomllib.loads(path.read_text(encoding="utf-8"))
    dated = [column for name, column in mapping["attributes"].items() if name in DATES]
    for row in rows(path):
        assert None not in row
        assert row[mapping["subject"]["name"]]
        assert row[mapping["object"]["name"]]
        assert set(row["document"].split("; ")) <= set(TEXTS)
        assert all(is_partial_date(row[column]) for column in dated if row[column])
        assert row.get("status", "active") in ONTOLOGY["statuses"]


def test_there_are_tables() -> None:
    assert {path.name.split(".")[0] for path in MAPPINGS} == {"roles", "stakes", "holdings", "products"}


@pytest.mark.parametrize("path", MAPPINGS, ids=lambda path: path.name)
def test_tables_and_claims_name_the_same_entities(path: Path) -> None:
    """All names in a row's cells for one entity belong to one id of the claims."""
    mapping = tomllib.loads(path.read_text(encoding="utf-8"))
    ids = {(r["kind"], name): r["id"] for claim in CLAIMS for r in referents(claim) for name in r["names"]}
    for row, end in product(rows(path), ("subject", "object")):
        columns = [mapping[end]["name"], *mapping[end].get("names", [])]
        names = [row[column] for column in columns if row[column]]
        found = {ids.get((mapping[end]["kind"], name)) for name in names}
        assert len(found) == 1, names
        assert found != {None}, names
