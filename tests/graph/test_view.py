"""Reading the graph on both engines: ways over the seeds and over a graph made to be hard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.connections import Route
from graph.cursors import CLAIMS, DOCUMENTS, JUDGEMENTS, RELATIONS, Places
from graph.entities import RelationFilter, Surroundings
from graph.errors import Ambiguous, BadInput, NotFound
from graph.evidence import ClaimFilter
from graph.ontology import load_ontology
from graph.schema import schema_of
from graph.view import View

if TYPE_CHECKING:
    from graph.engines import Engine
    from graph.readings import Way
    from graph.store import Store

HUB = 3000
HERE = Places("here", (str, int))
ENTITIES = """
UNWIND $rows AS row
CREATE (:Entity:Company {id: row, name: row, names: [row], kinds: ['Company'], claims: 1, documents: 1})
"""
LINKS = """
UNWIND $rows AS row
MATCH (a:Entity {id: row.start}), (b:Entity {id: row.end})
CREATE (a)-[r:PARTNERS_WITH]->(b)
SET r = {id: row.start + '-' + row.end, status: row.status, current: row.current, since: row.since, until: row.until,
         claims: [], against: [], documents: row.documents}
"""


@pytest.fixture
def view(seeded: Store) -> View:
    return View(seeded.engine, seeded.ontology)


def steps(way: Way) -> list[str]:
    return [way.hops[0].start.id, *(hop.end.id for hop in way.hops)]


def link(start: str, end: str, documents: int = 1, **about: object) -> dict[str, object]:
    return {"start": start, "end": end, "documents": documents, "status": "active", "current": True} | about


def made(engine: Engine, names: list[str], links: list[dict[str, object]]) -> View:
    """A view of a graph of companies with these relations between them."""
    ontology = load_ontology()
    engine.ensure_schema(schema_of(ontology))
    rows = [{"since": None, "until": None} | one for one in links]
    for start in range(0, len(names), 5000):
        engine.write(lambda tx, start=start: tx.run(ENTITIES, {"rows": names[start : start + 5000]}))
    for start in range(0, len(rows), 5000):
        engine.write(lambda tx, start=start: tx.run(LINKS, {"rows": rows[start : start + 5000]}))
    return View(engine, ontology)


def test_better_supported_ways_come_first_and_then_shorter_ones(engine: Engine) -> None:
    links = [link("a", "b", 5), link("b", "z", 5), link("a", "c"), link("c", "z"), link("a", "d", 5), link("d", "e", 5)]
    view = made(engine, list("abcdez"), [*links, link("e", "z", 5)])
    found = view.connections(Route("a", "z"))
    assert [steps(way) for way in found.ways] == [["a", "b", "z"], ["a", "d", "e", "z"], ["a", "c", "z"]]
    assert [way.score for way in found.ways] == sorted((way.score for way in found.ways), reverse=True)
    assert [steps(way) for way in view.connections(Route("a", "z", max_hops=2)).ways] == [
        ["a", "b", "z"],
        ["a", "c", "z"],
    ]
    assert not found.truncated


def test_ways_that_are_over_or_did_not_hold_yet(engine: Engine) -> None:
    ended = link("a", "b", status="ended", current=False, since="2010", until="2015-06")
    view = made(engine, ["a", "b", "c"], [ended, link("a", "c", since="2018"), link("c", "b", since="2019-05")])
    assert steps(view.connections(Route("a", "b")).ways[0]) == ["a", "b"]
    assert [steps(way) for way in view.connections(Route("a", "b", as_of="2012")).ways] == [["a", "b"]]
    assert [steps(way) for way in view.connections(Route("a", "b", as_of="2015")).ways] == [["a", "b"]]
    assert [steps(way) for way in view.connections(Route("a", "b", as_of="2016")).ways] == []
    assert [steps(way) for way in view.connections(Route("a", "b", as_of="2020-01")).ways] == [["a", "c", "b"]]


def test_a_hub_is_read_in_part_and_said_to_be(engine: Engine) -> None:
    spokes = [f"s{number:04}" for number in range(HUB)]
    links = [link("hub", spoke) for spoke in spokes]
    view = made(engine, ["hub", *spokes, "far"], [*links, link("far", "s0007", 3)])
    found = view.connections(Route("s0001", "far", max_hops=4))
    assert [steps(way) for way in found.ways] == [["s0001", "hub", "s0007", "far"]]
    around = view.neighbourhood("hub", Surroundings(depth=2, limit=50))
    assert (len(around.dots), around.truncated) == (50, True)
    page = view.relations("hub", limit=100)
    assert (len(page.items), page.total) == (100, HUB)


def test_relations_come_part_by_part(view: View) -> None:
    whole = view.relations("alibaba", limit=1000)
    seen: list[str] = []
    after = None
    while True:
        page = view.relations("alibaba", limit=7, after=after)
        seen += [one.id for one in page.items]
        after = page.next
        if after is None:
            break
    assert seen == [one.id for one in whole.items]
    assert len(seen) == whole.total


def test_claims_come_part_by_part(view: View) -> None:
    seen: list[str] = []
    after = None
    while True:
        page = view.claims(ClaimFilter(entity="alibaba"), 40, after)
        seen += [found.claim.id for found in page.items]
        after = page.next
        if after is None:
            break
    assert len(seen) == len(set(seen)) == view.claims(ClaimFilter(entity="alibaba"), 1).total


def test_relations_by_direction_and_time(view: View) -> None:
    inward = view.relations("alibaba", RelationFilter(predicates=("HOLDS_ROLE_AT",), outward=False), 100).items
    assert {one.end.id for one in inward} == {"alibaba"}
    assert view.relations("alibaba", RelationFilter(predicates=("HOLDS_ROLE_AT",), outward=True)).items == ()
    now = view.relations("alibaba", RelationFilter(predicates=("HOLDS_ROLE_AT",), current=True), 100).items
    assert all(one.current for one in now)


def test_what_is_not_there_names_what_comes_near(view: View) -> None:
    with pytest.raises(NotFound) as missing:
        view.entity("alibab")
    assert "alibaba" in missing.value.near
    with pytest.raises(NotFound):
        view.find("nobody of that name")
    with pytest.raises(BadInput):
        view.connections(Route("alibaba", "alibaba"))


def test_a_name_that_several_bear_is_not_guessed(engine: Engine) -> None:
    view = made(engine, ["li-wei.1", "li-wei.2"], [])
    naming = """
    MATCH (e:Entity)
    CREATE (:Name {id: e.id, text: '李伟', key: '李伟', slug: 'liwei', sound: 'liwei', language: 'zh'})-[:NAMES]->(e)
    """
    engine.write(lambda tx: tx.run(naming))
    with pytest.raises(Ambiguous) as several:
        view.find("李伟")
    assert sorted(several.value.candidates) == ["li-wei.1", "li-wei.2"]


def test_cursors() -> None:
    assert HERE.place_of(HERE.cursor("阿里", 3)) == ("阿里", 3)
    assert HERE.place_of(None) == (None, None)
    for word in ("", "abc", "!!!", "a", "1.2", "~YQ~Yg", "~YQ.1\n", "~Y.1", "~YQ.1" + "0" * 15):
        with pytest.raises(BadInput):
            HERE.place_of(f"here{word}")


def test_a_cursor_of_another_list_is_refused() -> None:
    for other in (JUDGEMENTS, CLAIMS, RELATIONS):
        with pytest.raises(BadInput):
            DOCUMENTS.place_of(other.cursor("a", "b"))


@given(st.from_regex(HERE.form, fullmatch=True))
def test_every_word_of_the_form_is_a_cursor(word: str) -> None:
    text, number = HERE.place_of(word)
    assert (type(text), type(number)) == (str, int)


@given(st.text(), st.integers(0, 10**15 - 1))
def test_a_cursor_keeps_its_place(text: str, number: int) -> None:
    assert re.fullmatch(HERE.form, HERE.cursor(text, number))
    assert HERE.place_of(HERE.cursor(text, number)) == (text, number)
