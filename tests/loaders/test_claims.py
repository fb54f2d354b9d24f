"""Attributes, quotes, tags and the judge: the parts of claims that are rules."""

import numpy as np
import pytest

from loaders.attributes import Evidence, attributes_of, facts_of
from loaders.claims import quoted
from loaders.cues import CueLine, cues_in
from loaders.gazetteer import places
from loaders.judging import FEATURES, Judge, columns, judge
from loaders.mentions import trim
from loaders.schema import PREDICATES
from loaders.scripts import simplify


def attributes(predicate: str, text: str, subject: str, object_: str) -> dict[str, object]:
    simple = simplify(text)
    s, o = simple.index(simplify(subject)), simple.index(simplify(object_))
    evidence = Evidence(0, len(simple), (s, s + len(subject)), (o, o + len(object_)))
    return attributes_of(predicate, evidence, facts_of(simple, "2025-05-22"))


@pytest.mark.parametrize(
    ("predicate", "text", "ends", "wanted"),
    [
        ("HOLDS_ROLE_AT", "嘉暘科技董事長彭兆雄表示", ("彭兆雄", "嘉暘科技"), {"role": "chairman"}),
        (
            "HOLDS_ROLE_AT",
            "Tan Wei Ling, chief technology officer of Merlion",
            ("Tan Wei Ling", "Merlion"),
            {"role": "cto"},
        ),
        ("HOLDS_ROLE_AT", "王平是星海的副總裁", ("王平", "星海"), {"role": "vice-president"}),
        ("INVESTED_IN", "浦匯創投去年領投砚石1.5億元", ("浦匯創投", "砚石"), {"amount": 150_000_000, "date": "2024"}),
        ("OWNS", "宏敘持有嘉暘38.2%", ("宏敘", "嘉暘"), {"share_pct": 38.2}),
        (
            "ACQUIRED",
            "Acme bought 60% of Bolt for $2m in March 2024",
            ("Acme", "Bolt"),
            {"share_pct": 60, "amount": 2_000_000, "date": "2024-03"},
        ),
        ("EDUCATED_AT", "她在台灣大學拿到博士", ("她", "台灣大學"), {"degree": "doctorate"}),
        ("FAMILY_OF", "Ann's brother Bob", ("Bob", "Ann"), {"relation": "sibling"}),
    ],
)
def test_attributes(predicate: str, text: str, ends: tuple[str, str], wanted: dict[str, object]) -> None:
    found = attributes(predicate, text, *ends)
    assert {key: found.get(key) for key in wanted} == wanted


def test_nothing_is_made_up_where_the_text_is_silent() -> None:
    assert attributes("ACQUIRED", "Acme bought Bolt", "Acme", "Bolt") == {}


def test_a_long_quote_is_cut_around_both_ends() -> None:
    text = "甲" * 300 + "阿里巴巴收購了高德" + "乙" * 300
    at = text.index("阿里巴巴")
    start, end = quoted(text, Evidence(0, len(text), (at, at + 4), (at + 7, at + 9)))
    assert "阿里巴巴收購了高德" in text[start:end]
    assert end - start <= 240


def test_a_quote_has_no_white_space_at_its_ends() -> None:
    text = "  Acme bought Bolt. \n"
    assert text[slice(*quoted(text, Evidence(0, len(text), (2, 6), (14, 18))))] == "Acme bought Bolt."


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("「阿里巴巴」，", "阿里巴巴"),
        ("the Acme Inc.", "Acme Inc."),
        ("Acme's", "Acme"),
        ("Acme.", "Acme"),
        ("(Bolt)", "Bolt"),
    ],
)
def test_borders_lose_marks_but_not_the_dot_of_an_abbreviation(text: str, name: str) -> None:
    assert text[slice(*trim(text, 0, len(text)))] == name


def test_the_longest_word_of_the_lexicon_wins() -> None:
    assert [c.meaning for c in cues_in("副总裁", "roles")] == ["vice-president"]


def test_words_of_latin_letters_stand_by_themselves_and_chinese_ones_anywhere() -> None:
    text = "The CEO, a former Ceo; CEOs, non-CEO and aCEO; 她是CEO兼董事长"
    found = cues_in(text, "roles")
    assert [text[c.start : c.end] for c in found if c.meaning == "ceo"] == ["CEO", "Ceo", "CEO"]
    assert text[found[-1].start : found[-1].end] == "董事长"


def test_cues_within_borders_are_those_wholly_inside() -> None:
    cues = cues_in("CEO, chairman, CEO", "roles")
    assert CueLine(cues).within(5, 18) == cues[1:]
    assert CueLine(cues).within(5, 17) == cues[1:2]


def test_a_word_may_stand_for_several_predicates() -> None:
    [cue] = cues_in("stake", "triggers")
    assert set(cue.meaning.split()) >= {"OWNS", "INVESTED_IN"}


def test_well_known_names_are_found_whole() -> None:
    text = "阿里巴巴集团 and Alibaba Cloud, not Alibabaish"
    assert [text[a:b] for a, b, _ in places(text)] == ["阿里巴巴集团", "Alibaba Cloud"]


def test_a_well_known_name_at_the_end_of_a_text_ends_with_it() -> None:
    text = "阿里巴巴"
    assert [(a, b) for a, b, _ in places(text)] == [(0, len(text))]
    assert [(c.start, c.end) for c in cues_in("副总裁", "roles")] == [(0, 3)]


def stump() -> Judge:
    """Looks at the first column only: above 0.5 adds one, below takes one away."""
    width = len(FEATURES) + 2 * len(PREDICATES)
    column, limit = np.array([[0, -1, -1]]), np.array([[0.5, 0.0, 0.0]])
    left, right, value = np.array([[1, 0, 0]]), np.array([[2, 0, 0]]), np.array([[0.0, -1.0, 1.0]])
    return Judge(np.zeros(width), 0.0, column, limit, left, right, value)


def test_the_judge_walks_its_trees() -> None:
    rows = np.zeros((2, len(FEATURES) + 2 * len(PREDICATES)))
    rows[1, 0] = 1.0
    low, high = stump().confidences(rows)
    assert low == pytest.approx((0.5 + 1 / (1 + np.e)) / 2)
    assert high == pytest.approx((0.5 + 1 / (1 + np.exp(-1))) / 2)


def test_the_shipped_judge_fits_the_features() -> None:
    row = columns(dict.fromkeys(FEATURES, 0.0), "OWNS")
    assert len(row) == len(judge().weights)
    assert judge().column.max() < len(row)


def test_a_higher_score_makes_a_claim_surer() -> None:
    features = dict.fromkeys(FEATURES, 0.5)
    rows = np.array([columns({**features, "logit": logit}, "OWNS") for logit in (-3.0, 0.0, 4.0)])
    found = judge().confidences(rows)
    assert found[0] < found[1] < found[2]
