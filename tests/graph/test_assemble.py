"""Claims and judgements come to the same entities and relations in any order."""

import random
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.aliases import dictionary_judgements
from graph.assemble import Assembly, Frame, assemble, relation_id
from graph.model import Claim, Judgement, Referent, Side, content_id
from graph.ontology import load_ontology

ONTOLOGY = load_ontology()
DATES = {"d1": "2024-03-01", "d2": "2025-06-30", "d3": None}

ALIBABA = Referent("alibaba", "Company", ("阿里巴巴", "Alibaba"))
GROUP = Referent("group", "Company", ("Alibaba Group Holding Ltd.",))
BOSCH = Referent("bosch", "Company", ("博世", "Bosch"))
APPLE = Referent("apple", "Company", ("Apple",))
BAIDU = Referent("baidu", "Company", ("百度",))
TSAI = Referent("tsai", "Person", ("蔡崇信", "Joe Tsai"))


def claim(document: str, subject: Referent, predicate: str, object_: Referent, **said: object) -> Claim:
    status = said.pop("status", None)
    speaker = said.pop("speaker", None)
    return Claim(
        document, subject, predicate, object_, "q", 0, 1, said,
        status=status, speaker=speaker,  # type: ignore[arg-type]
    )  # fmt: skip


def assembled(claims: Sequence[Claim], judgements: Sequence[Judgement] = ()) -> Assembly:
    return assemble(claims, judgements, Frame(ONTOLOGY, DATES))


def edges(result: Assembly) -> set[tuple[str, str, str]]:
    return {(r.start, r.predicate, r.end) for r in result.relations.values()}


def test_one_company_under_all_its_names_is_one_entity() -> None:
    result = assembled([claim("d1", ALIBABA, "PARTNERS_WITH", BOSCH), claim("d2", GROUP, "PARTNERS_WITH", APPLE)])
    assert {"alibaba", "bosch", "apple"} <= set(result.entities)
    assert {name.text for name in result.entities["alibaba"].names} == {
        "阿里巴巴", "Alibaba", "Alibaba Group Holding Ltd.",
    }  # fmt: skip
    assert result.entities["alibaba"].documents == 2


def test_a_relation_stands_only_where_a_claim_asserts_it() -> None:
    result = assembled([
        claim("d1", APPLE, "PARTNERS_WITH", ALIBABA, status="announced"),
        claim("d1", APPLE, "PARTNERS_WITH", BAIDU, status="rejected"),
        claim("d2", APPLE, "PARTNERS_WITH", BAIDU, status="rumoured"),
    ])  # fmt: skip
    partners = {edge for edge in edges(result) if edge[1] == "PARTNERS_WITH"}
    assert partners == {("alibaba", "PARTNERS_WITH", "apple")}
    assert "baidu" in result.entities


def test_a_denial_stands_beside_the_relation_it_denies() -> None:
    said = claim("d1", APPLE, "PARTNERS_WITH", BAIDU, status="announced")
    denied = claim("d2", BAIDU, "PARTNERS_WITH", APPLE, status="denied")
    relation = next(r for r in assembled([said, denied]).relations.values() if r.predicate == "PARTNERS_WITH")
    assert (relation.claims, relation.against) == ((said.id,), (denied.id,))


def test_a_role_said_in_two_languages_is_one_relation() -> None:
    result = assembled([
        claim("d1", TSAI, "HOLDS_ROLE_AT", ALIBABA, role="董事長"),
        claim("d2", TSAI, "HOLDS_ROLE_AT", GROUP, role="chairman"),
    ])  # fmt: skip
    (role,) = result.relations.values()
    assert role.documents == 2


def test_an_ended_role_is_not_current_and_a_later_end_is() -> None:
    ended = assembled([claim("d2", TSAI, "HOLDS_ROLE_AT", ALIBABA, role="COO", end="2000")])
    ahead = assembled([claim("d1", TSAI, "HOLDS_ROLE_AT", ALIBABA, role="COO", end="2030")])
    assert [r.current for r in ended.relations.values()] == [False]
    assert [r.current for r in ahead.relations.values()] == [True]


def test_parties_and_products_of_a_named_partnership() -> None:
    result = assembled([
        claim("d1", ALIBABA, "PARTNERS_WITH", BOSCH, partnership="Factory AI", products=["Qwen"], status="active"),
        claim("d1", ALIBABA, "PARTNERS_WITH", APPLE, partnership="Factory AI", status="active"),
    ])  # fmt: skip
    parties = {(start, end) for start, predicate, end in edges(result) if predicate == "PARTY_TO"}
    assert parties == {("alibaba", "factory-ai"), ("bosch", "factory-ai"), ("apple", "factory-ai")}
    assert ("factory-ai", "INVOLVES", "qwen") in edges(result)


def test_a_partnership_nobody_named_is_one_of_two() -> None:
    result = assembled([claim("d1", ALIBABA, "PARTNERS_WITH", BOSCH, status="active")])
    assert result.entities["alibaba--bosch"].name == "Alibaba – Bosch"


def test_two_of_one_name_in_one_document_stay_two() -> None:
    one, other = Referent("li-1", "Person", ("李伟",)), Referent("li-2", "Person", ("李伟",))
    result = assembled([
        claim("d1", one, "HOLDS_ROLE_AT", ALIBABA, role="CEO"),
        claim("d1", other, "HOLDS_ROLE_AT", BOSCH, role="CEO"),
    ])  # fmt: skip
    people = [entity for entity in result.entities.values() if entity.kinds == ("Person",)]
    assert len(people) == 2
    assert all(person.id.startswith("liwei.") for person in people)


def test_a_judgement_joins_and_adds_its_names() -> None:
    apart = [claim("d1", BAIDU, "USES", APPLE), claim("d2", Referent("b", "Company", ("Baidu",)), "USES", APPLE)]
    assert {"baidu.company", "baidu"} - set(assembled(apart).entities)
    same = Judgement("same", tuple(Side(name, "Company") for name in ("百度", "Baidu", "BIDU")))
    joined = assembled(apart, [same])
    assert {name.text for name in joined.entities["baidu"].names} == {"百度", "Baidu", "BIDU"}


def test_not_same_keeps_apart_what_a_name_would_join() -> None:
    kept = Judgement("not_same", (Side("Apple", "Company", "d1"), Side("Apple", "Company", "d2")))
    claims = [claim("d1", BAIDU, "USES", APPLE), claim("d2", BOSCH, "USES", APPLE)]
    assert "apple" in assembled(claims).entities
    apples = [e for e in assembled(claims, [kept]).entities.values() if e.name == "Apple"]
    assert len(apples) == 2


REFERENTS = st.sampled_from([ALIBABA, GROUP, BOSCH, APPLE, BAIDU])
CLAIMS = st.builds(
    lambda document, subject, predicate, object_, status, role: claim(
        document, subject, predicate, object_, status=status, role=role
    ),
    st.sampled_from(sorted(DATES)),
    REFERENTS,
    st.sampled_from(["PARTNERS_WITH", "OWNS", "COMPETES_WITH", "USES"]),
    REFERENTS,
    st.sampled_from([None, *ONTOLOGY.statuses]),
    st.sampled_from([None, "CEO", "董事长"]),
)
JUDGEMENTS = st.builds(
    lambda verdict, sides: Judgement(verdict, tuple(Side(name, "Company") for name in sides)),
    st.sampled_from(["same", "not_same"]),
    st.lists(st.sampled_from(["Alibaba", "Bosch", "Apple", "百度"]), min_size=2, max_size=2, unique=True),
)


@given(st.lists(CLAIMS, max_size=12), st.lists(JUDGEMENTS, max_size=4), st.randoms())
@settings(max_examples=200, deadline=None)
def test_order_and_repetition_change_nothing(
    claims: list[Claim], judgements: list[Judgement], chance: random.Random
) -> None:
    shuffled = claims + claims[:2]
    chance.shuffle(shuffled)
    judged = judgements[:]
    chance.shuffle(judged)
    assert assembled(shuffled, judged) == assembled(claims, judgements)


@given(st.text(), st.text(), st.text(), st.lists(st.text(), max_size=2))
def test_a_relation_s_id_is_the_hash_of_what_it_says(predicate: str, start: str, end: str, identity: list[str]) -> None:
    assert relation_id(predicate, start, end, identity) == content_id("r", predicate, start, end, identity)


def test_two_names_of_one_product_in_a_partnership_count_its_claim_once() -> None:
    told = claim("d1", ALIBABA, "PARTNERS_WITH", BOSCH, products=["Qwen", "千问"])
    relations = assembled([told], dictionary_judgements()).relations.values()
    assert [relation.claims for relation in relations if relation.predicate == "INVOLVES"] == [(told.id,)]
