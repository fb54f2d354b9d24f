"""Which names are one entity: our pairs, context for names that many bear, the dictionary, and order."""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.aliases import DICTIONARY, dictionary_judgements, groups
from graph.assemble import assemble
from graph.identity import Bearer, cluster
from graph.model import Claim, Judgement, Referent, Side
from graph.names import key, weak
from tests.graph.identity_pairs import FRAME, Pair, joined, measure, pairs

PRECISION, RECALL = 0.98, 0.90


def test_there_are_enough_pairs_and_traps() -> None:
    found = pairs()
    assert len(found) >= 200
    assert 0.4 <= sum(pair.same for pair in found) / len(found) <= 0.6


def test_precision_and_recall_on_our_pairs() -> None:
    found = measure()
    assert found.precision >= PRECISION, "\n".join(map(str, found.wrong))
    assert found.recall >= RECALL, "\n".join(map(str, found.wrong))


@pytest.mark.parametrize("pair", [pair for pair in pairs() if not pair.same], ids=str)
def test_traps_stay_apart(pair: Pair) -> None:
    assert not joined(pair)


# The dictionary


def test_dictionary_is_large_and_every_group_has_a_source() -> None:
    assert len(groups()) >= 300
    assert all(source and len(names) > 1 for _, names, source in groups())


def test_a_dictionary_name_belongs_to_one_group_and_is_strong() -> None:
    owner: dict[tuple[str, str], tuple[str, ...]] = {}
    for kind, names, _ in groups():
        for name in names:
            assert not weak(name, kind), name
            assert owner.setdefault((kind, key(name, kind)), names) == names, name


def bearer(document: str, referent: str, *names: str, kind: str = "Company", context: tuple[str, ...] = ()) -> Bearer:
    return Bearer((document, referent), {kind}, dict.fromkeys(names), context=set(context))


def groups_of(bearers: list[Bearer], *judgements: Judgement) -> set[frozenset[tuple[str, str]]]:
    found = cluster(bearers, [*dictionary_judgements(), *judgements])
    return {frozenset(bearer.ref for bearer in one.bearers) for one in found}


def test_a_judgement_of_a_person_wins_over_the_dictionary() -> None:
    bearers = [bearer("d1", "a", "台積電"), bearer("d2", "b", "TSMC")]
    assert len(groups_of(bearers)) == 1
    apart = Judgement("not_same", (Side("台積電", "Company"), Side("TSMC", "Company")), author="ann")
    assert len(groups_of(bearers, apart)) == 2


def test_a_person_may_join_two_groups_of_the_dictionary() -> None:
    bearers = [bearer("d1", "a", "腾讯"), bearer("d2", "b", "百度"), bearer("d3", "c", "Baidu")]
    assert len(groups_of(bearers)) == 2
    same = Judgement("same", (Side("腾讯", "Company"), Side("百度", "Company")), author="ann")
    assert len(groups_of(bearers, same)) == 1


def test_a_referent_with_names_of_two_firms_does_not_make_them_one() -> None:
    mistaken = bearer("d3", "c", "阿里巴巴", "阿里巴巴集团", "阿里云")
    bearers = [bearer("d1", "a", "Alibaba"), bearer("d2", "b", "Alibaba Cloud"), mistaken]
    assert groups_of(bearers) == {frozenset({("d1", "a"), ("d3", "c")}), frozenset({("d2", "b")})}


def test_two_of_one_document_stay_two_in_spite_of_the_dictionary() -> None:
    bearers = [bearer("d1", "firm", "Apple"), bearer("d1", "records", "Apple"), bearer("d2", "b", "苹果")]
    assert len(groups_of(bearers)) == 3


def test_the_dictionary_gives_an_entity_its_other_names() -> None:
    (found,) = cluster([bearer("d1", "a", "台積電")], dictionary_judgements())
    assert found.names[0].text == "TSMC"
    assert "台积电" in {name.text for name in found.names}


# Context


def li_wei(document: str, *context: str, more: str = "") -> Bearer:
    return bearer(document, f"li{more}", "李伟", kind="Person", context=context)


def test_a_common_name_joins_by_context_and_only_so() -> None:
    bearers = [li_wei("d1", "Tencent"), li_wei("d2", "Tencent"), li_wei("d3", "Baidu"), li_wei("d4")]
    found = groups_of(bearers)
    assert found == {
        frozenset({("d1", "li"), ("d2", "li")}),
        frozenset({("d3", "li")}),
        frozenset({("d4", "li")}),
    }


def test_context_reaches_over_documents() -> None:
    bearers = [li_wei("d1", "Tencent"), li_wei("d2", "Tencent", "Shenzhen"), li_wei("d3", "Shenzhen")]
    assert len(groups_of(bearers)) == 1


def test_context_tells_which_of_two_in_one_document_is_meant() -> None:
    bearers = [li_wei("d1", "Tencent", more="1"), li_wei("d1", "Baidu", more="2"), li_wei("d2", "Baidu")]
    assert groups_of(bearers) == {frozenset({("d1", "li1")}), frozenset({("d1", "li2"), ("d2", "li")})}


def test_context_that_two_of_one_document_share_tells_nothing() -> None:
    bearers = [li_wei("d1", "Tencent", more="1"), li_wei("d1", "Tencent", more="2"), li_wei("d2", "Tencent")]
    assert len(groups_of(bearers)) == 3


def test_characters_and_pinyin_join_by_context_and_only_where_one_name_fits() -> None:
    chinese = bearer("d1", "a", "刘振飞", kind="Person", context=("Amap",))
    pinyin = bearer("d2", "b", "Zhenfei Liu", kind="Person", context=("Amap",))
    elsewhere = bearer("d3", "c", "Liu Zhenfei", kind="Person", context=("Halden",))
    assert groups_of([chinese, pinyin, elsewhere]) == {
        frozenset({("d1", "a"), ("d2", "b")}),
        frozenset({("d3", "c")}),
    }
    another = bearer("d4", "d", "刘镇飞", kind="Person", context=("Amap",))
    assert len(groups_of([chinese, pinyin, another])) == 3


def test_a_short_name_of_two_firms_joins_neither() -> None:
    lines, foods = bearer("d1", "a", "Halden Lines", "Halden"), bearer("d2", "b", "Halden Foods", "Halden")
    short = bearer("d3", "c", "Halden")
    assert len(groups_of([lines, foods, short])) == 3
    assert len(groups_of([lines, short])) == 1


def test_a_school_in_common_is_not_enough() -> None:
    claims = [
        Claim(
            document,
            Referent("li", "Person", ("李伟",)),
            "EDUCATED_AT",
            Referent("school", "Company", ("清华大学",)),
            "quote",
            0,
            5,
        )
        for document in ("d1", "d2")
    ]
    found = assemble(claims, (), FRAME)
    assert sum("Person" in entity.kinds for entity in found.entities.values()) == 2


# Order

NAMES = ["阿里巴巴", "Alibaba", "阿里云", "李伟", "Li Wei", "David Li", "台積電", "TSMC", "R1", "Tsai", "Halden"]
some_bearers = st.lists(
    st.tuples(
        st.sampled_from(["d1", "d2", "d3", "d4"]),
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from(["Company", "Person", "Product"]),
        st.sets(st.sampled_from(NAMES), min_size=1, max_size=3),
        st.sets(st.sampled_from(["Tencent", "Baidu", "Halden"]), max_size=2),
    ),
    max_size=12,
    unique_by=lambda row: row[:2],
)
some_judgements = st.lists(
    st.tuples(st.sampled_from(["same", "not_same"]), st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=4
)


@settings(deadline=None, max_examples=200)
@given(some_bearers, some_judgements, st.integers(0, 999))
def test_order_never_matters(
    rows: list[tuple[str, str, str, set[str], set[str]]],
    judged: list[tuple[str, str, str]],
    seed: int,
) -> None:
    bearers = [Bearer((d, i), {kind}, dict.fromkeys(names), context=words) for d, i, kind, names, words in rows]
    judgements = [*dictionary_judgements(), *(Judgement(v, (Side(one), Side(other))) for v, one, other in judged)]

    def result() -> dict[frozenset[tuple[str, str]], tuple[str, ...]]:
        found = cluster(bearers, judgements)
        return {frozenset(b.ref for b in one.bearers): tuple(n.text for n in one.names) for one in found}

    before = result()
    shuffle = random.Random(seed)
    shuffle.shuffle(bearers)
    shuffle.shuffle(judgements)
    assert result() == before


def test_dictionary_judgements_say_who_made_them() -> None:
    assert {judgement.author for judgement in dictionary_judgements()} == {DICTIONARY}
    assert json.dumps([judgement.reason for judgement in dictionary_judgements()])
