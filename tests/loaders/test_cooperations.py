"""Claims of partnership that tell of one cooperation."""

from itertools import combinations

from graph.model import Claim, Referent
from loaders.candidates import Entity, Reading
from loaders.cooperations import with_cooperations
from loaders.encoder import Encoder
from loaders.mentions import Mention
from loaders.passages import prepare

TEXT = "甲社、乙社与丙社今日签约，三方将共同运营平台灯塔。丁社也是甲社的伙伴。"


def reading(*products: str) -> Reading:
    passage = prepare(TEXT, Encoder().tokenizer)
    spans = [(TEXT.index(name), TEXT.index(name) + len(name)) for name in products]
    mentions = tuple(Mention(a, b, TEXT[a:b], "product", 0.9) for a, b in spans)
    entities = tuple(Entity(f"p{i}", "product", (m.surface,), (i,), 0.9) for i, m in enumerate(mentions))
    return Reading(passage, mentions, (), entities, (), (), ())


def partners(one: str, other: str, sentence: str, offset: int = 0) -> Claim:
    start = TEXT.index(sentence) + offset
    ends = (Referent(one, "Company", (one,)), Referent(other, "Company", (other,)))
    return Claim("d", ends[0], "PARTNERS_WITH", ends[1], sentence, start, start + len(sentence))


FIRST, SECOND = "甲社、乙社与丙社今日签约，三方将共同运营平台灯塔。", "丁社也是甲社的伙伴。"


def test_three_partners_of_one_sentence_make_one_cooperation_with_its_product() -> None:
    claims = [partners(a, b, FIRST) for a, b in combinations(("甲社", "乙社", "丙社"), 2)]
    found = with_cooperations([*claims, partners("丁社", "甲社", SECOND)], reading("灯塔"), 0)
    assert [c.attributes for c in found[:3]] == [{"products": ["灯塔"], "partnership": "丙社 – 乙社 – 甲社"}] * 3
    assert found[3].attributes == {}


def test_two_partners_of_a_third_are_no_cooperation_of_three() -> None:
    claims = [partners("甲社", "乙社", FIRST), partners("甲社", "丙社", FIRST)]
    assert all("partnership" not in c.attributes for c in with_cooperations(claims, reading(), 0))


def test_offsets_of_a_later_section_are_counted_from_the_document() -> None:
    found = with_cooperations([partners("甲社", "乙社", FIRST, offset=1000)], reading("灯塔"), 1000)
    assert found[0].attributes == {"products": ["灯塔"]}


def test_claims_of_other_predicates_stay_as_they_are() -> None:
    claim = Claim(
        "d", Referent("a", "Company", ("甲社",)), "USES", Referent("b", "Company", ("乙社",)), FIRST, 0, len(FIRST)
    )
    assert with_cooperations([claim], reading("灯塔"), 0) == [claim]
