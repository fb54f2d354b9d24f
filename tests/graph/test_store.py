"""Loading, withdrawing, judging and rebuilding come to one graph, on every engine."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from graph.engines.engine import Engine
from graph.errors import NotFound
from graph.model import Claim, Document, Judgement, Referent, Side
from graph.ontology import load_ontology
from graph.store import Load, Store
from tests.graph.seeds import content, seeds


@pytest.fixture
def store(engine: Engine) -> Iterator[Store]:
    opened = Store(engine, load_ontology())
    opened.prepare()
    yield opened  # noqa: PT022  (the engine's fixture closes it)


def test_any_order_of_loading_gives_one_graph(store: Store) -> None:
    loads, judgements = seeds()
    store.add(loads, judgements)
    whole = content(store)
    for load in loads:
        store.withdraw(load.document.id)
    for judgement in judgements:
        store.take_back(judgement.id)
    assert content(store) == set()
    shuffled, judged = list(loads), list(judgements)
    random.Random(7).shuffle(shuffled)
    random.Random(8).shuffle(judged)
    for load in shuffled[:6]:
        store.add([load])
    store.add([], judged[: len(judged) // 2])
    for load in shuffled[6:]:
        store.add([load])
    store.add([], judged[len(judged) // 2 :])
    assert content(store) == whole
    store.rebuild()
    assert content(store) == whole


def test_loading_twice_changes_nothing(store: Store) -> None:
    loads, judgements = seeds()
    store.add(loads[:4], judgements)
    whole = content(store)
    effect = store.add(loads[:4], judgements)
    assert (effect.documents, effect.claims, effect.judgements, effect.new_entities) == (0, 0, 0, 0)
    assert content(store) == whole


def test_writers_at_once_come_to_one_graph(store: Store) -> None:
    loads, judgements = seeds()
    store.add(loads[:6], judgements)
    whole = content(store)
    for load in loads[:6]:
        store.withdraw(load.document.id)
    with ThreadPoolExecutor(6) as writers:
        # Each document twice: two who bring the same are both right.
        effects = list(writers.map(lambda load: store.add([load]), [*loads[:6], *loads[:6]]))
    assert sum(effect.documents for effect in effects) == 6
    assert content(store) == whole


def test_a_preview_writes_nothing_and_tells_what_adding_does(store: Store) -> None:
    loads, judgements = seeds()
    store.add(loads[:3], judgements)
    before = content(store)
    told = store.preview(loads[3:5])
    assert content(store) == before
    done = store.add(loads[3:5])
    assert (told.claims, told.new_entities, told.relations) == (done.claims, done.new_entities, done.relations)


def test_withdrawing_shows_first_what_loses_its_last_claim(store: Store) -> None:
    loads, judgements = seeds()
    store.add(loads, judgements)
    document = loads[0].document.id
    before = content(store)
    told = store.withdraw(document, dry_run=True)
    assert content(store) == before
    assert told.relations_gone
    done = store.withdraw(document)
    assert {r.id for r in done.relations_gone} == {r.id for r in told.relations_gone}
    held = {row[0] for row in store.rows("MATCH (:Entity)-[r]->(:Entity) RETURN r.id")}
    assert not held & {r.id for r in told.relations_gone}


def test_a_judgement_taken_back_leaves_no_trace(store: Store) -> None:
    loads, judgements = seeds()
    store.add(loads, judgements)
    before = content(store)
    wrong = Judgement("same", (Side("博世", "Company"), Side("百度", "Company")))
    assert store.judge(wrong).entities_gone
    assert content(store) != before
    store.take_back(wrong.id)
    assert content(store) == before


def test_new_names_in_a_document_told_of_before_come_to_the_same_graph(store: Store) -> None:
    document = Document.of("one.txt", "Acme, the maker of anvils, also called 尖端公司, uses Roadrunner.")
    first = Referent("acme", "Company", ("Acme",))
    again = Referent("acme", "Company", ("尖端公司",))
    used = Referent("roadrunner", "Product", ("Roadrunner",))
    claims = [
        Claim(document.id, named, "USES", used, "Acme", 0, 4, method=str(n)) for n, named in enumerate((first, again))
    ]
    store.add([Load(document, tuple(claims[:1]))])
    store.add([Load(document, tuple(claims[1:]))])
    stepwise = content(store)
    assert store.rows("MATCH (e:Company) RETURN e.id") == [("acme",)]
    store.rebuild()
    assert content(store) == stepwise


def test_what_is_not_there_is_said(store: Store) -> None:
    with pytest.raises(NotFound, match="no document d-0"):
        store.withdraw("d-0")
    with pytest.raises(NotFound, match="no judgement j-0"):
        store.take_back("j-0")


def test_a_broken_rebuild_is_finished_at_the_next_opening(store: Store) -> None:
    loads, judgements = seeds()
    store.add(loads, judgements)
    whole = content(store)

    class Stop(Exception):
        pass

    def stop(_what: str, done: int, total: int) -> None:
        if done > total // 2:
            raise Stop

    with pytest.raises(Stop):
        store.rebuild(stop)
    assert content(store) != whole
    again = Store(store.engine, store.ontology)
    again.prepare()
    assert content(again) == whole


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Apple", "苹果"),
        ("NBA China", "NBA中国"),
        ("Bosch", "博世"),
        ("T-Head", "平头哥"),
        ("Qwen", "千问"),
        ("Amap", "高德"),
    ],
)
def test_the_six_names_are_one_cypher_away_from_alibaba(store: Store, english: str, chinese: str) -> None:
    loads, judgements = seeds()
    if not store.count("Document"):
        store.add(loads, judgements)
    by_name = "MATCH (:Name {text: $name})-[:NAMES]->(e:Entity) RETURN DISTINCT e.id"
    found = {tuple(store.rows(by_name, {"name": name})) for name in (english, chinese)}
    assert len(found) == 1
    ((entity,),) = found.pop()
    quotes = store.rows(
        "MATCH (:Name {text: 'Alibaba'})-[:NAMES]->(a:Company) MATCH (a)-[r]-(:Entity {id: $id}) "
        "UNWIND r.claims AS id MATCH (c:Claim {id: id})-[:SAID_IN]->(d:Document) "
        "RETURN c.quote, c.start, c.end, d.text",
        {"id": entity},
    )
    assert quotes
    assert all(text[start:end] == quote for quote, start, end, text in quotes)
