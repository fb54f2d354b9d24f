"""Keys of names: what is one spelling, what is two; what is weak, what is common."""

import doctest

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import graph.folding
import graph.legalforms
import graph.names
import graph.persons
import graph.syllables
from graph.names import common, fold, key, language, slug, weak

# Letters that names are written with: Latin with accents, Chinese in both scripts, kana, digits, marks between words.
LETTERS = "abcxyzABCXYZéüøŁß0129ＡＢ９ 　.,-'&+()（）·/"
LETTERS += "阿里巴巴雲云台臺積电電體体張张馬马網網路晶片有限公司集團集团股份控股先生女士株式会社トヨタ"
texts = st.text(alphabet=LETTERS, min_size=1, max_size=24)
kinds = st.sampled_from(["", "Company", "Person", "Product"])


@pytest.mark.parametrize("module", [graph.folding, graph.legalforms, graph.names, graph.persons, graph.syllables])
def test_examples_in_docstrings_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


@given(texts, kinds)
@example("Foo Ltd公司", "Company")
@example("小米(集团)", "Company")
def test_a_key_is_its_own_key(text: str, kind: str) -> None:
    once = key(text, kind)
    assert key(once, kind) == once


@given(texts, kinds)
def test_case_does_not_matter(text: str, kind: str) -> None:
    assert key(text.upper(), kind) == key(text.lower().upper(), kind)


@given(st.text(alphabet="abcXYZ 0129阿里巴巴", min_size=1, max_size=20), kinds)
def test_width_does_not_matter(text: str, kind: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    assert key(wide, kind) == key(text, kind)


@given(texts.filter(lambda text: text.strip()), kinds)
def test_every_name_has_a_key_and_a_slug(text: str, kind: str) -> None:
    assert key(text, kind)
    assert slug(text)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("阿里巴巴集團控股有限公司", "阿里巴巴", "Company"),
        ("BYD Company Limited", "BYD", "Company"),
        ("J. P. Morgan & Co.", "JPMorgan", "Company"),
        ("The Swatch Group, S.A.", "Swatch", "Company"),
        ("株式会社日立製作所", "日立制作所", "Company"),
        ("삼성전자 주식회사", "삼성전자", "Company"),
        ("藍海軟體", "蓝海软件", "Company"),
        ("Johnson and Johnson", "Johnson & Johnson", "Company"),
        ("Chung-hsin Tsai", "Tsai Chung-hsin", "Person"),
        ("Tsai, Chung-hsin", "Tsai Chung Hsin", "Person"),
        ("Dr. Kai-Fu Lee", "Lee Kai-fu", "Person"),
        ("蔡崇信先生", "蔡崇信", "Person"),
        ("Maurice Lévy", "maurice levy", "Person"),
        ("Disney＋", "Disney Plus", "Product"),
    ],
)
def test_one_name(one: str, other: str, kind: str) -> None:
    assert key(one, kind) == key(other, kind)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("SoftBank Group Corp.", "SoftBank Corp.", "Company"),
        ("Apple Corps", "Apple", "Company"),
        ("中信股份", "中信集团", "Company"),
        ("吉利控股集团", "吉利汽车", "Company"),
        ("Qwen2.5", "Qwen25", "Product"),
        ("C++", "C", "Product"),
        ("Apple TV+", "Apple TV", "Product"),
        ("Ma Yun", "Yun Ma", "Person"),
        ("ハチ", "パチ", "Company"),
    ],
)
def test_two_names(one: str, other: str, kind: str) -> None:
    assert key(one, kind) != key(other, kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Tsai", "Person"),
        ("Mr. Tsai", "Person"),
        ("J. Ma", "Person"),
        ("蔡先生", "Person"),
        ("老马", "Person"),
        ("林董", "Person"),
        ("欧阳先生", "Person"),
        ("大衛", "Person"),
        ("聯盟", "Company"),
        ("The Company", "Company"),
        ("董事會", "Company"),
        ("X", "Product"),
    ],
)
def test_weak(text: str, kind: str) -> None:
    assert weak(text, kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("J. K. Rowling", "Person"), ("库克", "Person"), ("Joe Tsai", "Person"), ("NBA", "Company"), ("김철수", "Person")],
)
def test_strong(text: str, kind: str) -> None:
    assert not weak(text, kind)


@pytest.mark.parametrize("text", ["李伟", "李偉", "王建国", "Li Wei", "Wei Li", "David Li", "John Smith"])
def test_names_that_many_bear(text: str) -> None:
    assert common(text, "Person")


@pytest.mark.parametrize(
    "text", ["蔡崇信", "诸葛明轩", "Tsai Chung-hsin", "Karin Lindqvist", "蒂姆·库克", "Liang Rubo"]
)
def test_names_that_few_bear(text: str) -> None:
    assert not common(text, "Person")


def test_a_short_code_is_common_among_products_alone() -> None:
    assert common("R1", "Product")
    assert not common("R1", "Company")
    assert not common("GPT-4o", "Product")


def test_language_of_a_name() -> None:
    names = {"阿里雲": "zh-Hant", "阿里云": "zh-Hans", "高盛": "zh", "トヨタ": "ja", "삼성": "ko", "Apple": "en"}
    assert {name: language(name) for name in names} == names


def test_fold_keeps_a_name_that_is_all_marks() -> None:
    assert fold("!!!") == "!!!"
