"""Existing py2neo code reads the same graph, on a real Neo4j."""

from collections.abc import Iterator

import pytest
from py2neo.ogm import Repository

from graph.engines import open_engine
from graph.errors import ReadOnly
from graph.ontology import load_ontology
from graph.settings import Settings
from graph.store import Store
from guanxi.py2neo import Company, Entity, Partnership, Person, Product
from tests.conftest import empty
from tests.graph.seeds import seeds
from tests.neo4j_server import Server

pytestmark = pytest.mark.neo4j


@pytest.fixture(scope="module")
def repository(neo4j: Server) -> Iterator[Repository]:
    """A py2neo repository over a Neo4j that holds the seeds."""
    engine = open_engine(Settings(graph=neo4j.address, password=neo4j.password))
    empty(engine)
    store = Store(engine, load_ontology())
    store.prepare()
    store.add(*seeds())
    opened = Repository(neo4j.address.replace("neo4j://", "bolt://"), auth=("neo4j", neo4j.password))
    yield opened
    opened.graph.service.connector.close()
    empty(engine)
    engine.close()


def one(repository: Repository, kind: type[Entity], name: str) -> Entity:
    found = kind.match(repository).where(name=name).first()
    assert found is not None
    return found


def test_partners_of_a_company_and_what_they_work_on(repository: Repository) -> None:
    apple = one(repository, Company, "Apple")
    partners = {partner.name: apple.partners_with.get(partner, "topic") for partner in apple.partners_with}
    assert partners["Alibaba"] == "Alibaba's AI for Apple's phones"
    assert "Baidu" not in partners  # only considered, so it stays a claim


def test_a_person_and_the_firm_both_know_the_role(repository: Repository) -> None:
    tsai = one(repository, Person, "Joe Tsai")
    alibaba = one(repository, Company, "Alibaba")
    assert alibaba in tsai.holds_role_at
    assert tsai in alibaba.people
    assert "蔡崇信" in tsai.names


def test_what_is_owned_comes_back_as_what_it_is(repository: Repository) -> None:
    owned = {type(thing) for thing in one(repository, Company, "Alibaba").owns}
    assert owned == {Company, Product}
    amap = one(repository, Company, "Amap")
    assert "Alibaba" in {owner.name for owner in amap.owners}


def test_products_and_their_makers(repository: Repository) -> None:
    qwen = one(repository, Product, "Qwen")
    assert "Alibaba" in {maker.name for maker in qwen.makers}


def test_a_partnership_has_its_parties_and_products(repository: Repository) -> None:
    found = {p.name: p for p in Partnership.match(repository)}
    parties = [{party.name for party in p.parties} for p in found.values()]
    assert {"Alibaba", "Apple"} in parties
    assert all(isinstance(product, Product) for p in found.values() for product in p.involves)


def test_writing_is_refused_and_changes_nothing(repository: Repository) -> None:
    apple = one(repository, Company, "Apple")
    apple.name = "Pear"
    with pytest.raises(ReadOnly, match="load a claim"):
        repository.save(apple)
    with pytest.raises(ReadOnly):
        repository.delete(apple)
    with pytest.raises(ReadOnly):
        repository.graph.create(Company("new", name="New"))
    with pytest.raises(ReadOnly):
        repository.graph.merge(Company("new", name="New"))
    assert Company.match(repository).where(name="Pear").first() is None
    assert Company.match(repository, "new").first() is None
    assert one(repository, Company, "Apple").id == apple.id
