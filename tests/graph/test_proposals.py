"""Pairs proposed for judging: found by sound, spelling, initials, surname and neighbours; never the judged ones."""

from collections.abc import Iterator

import pytest

from graph.engines.engine import Engine
from graph.model import Claim, Document, Judgement, Referent, Side
from graph.ontology import load_ontology
from graph.proposals import suggestions
from graph.reader import Reader
from graph.readings import Suggestion
from graph.romanisation import alike, readings, spellings, spoken
from graph.store import Load, Store


@pytest.fixture
def store(engine: Engine) -> Iterator[Store]:
    opened = Store(engine, load_ontology())
    opened.prepare()
    yield opened  # noqa: PT022  (the engine's fixture closes it)


def load(name: str, *facts: tuple[tuple[str, str], str, tuple[str, str]]) -> Load:
    """A document that says each fact: (kind, name), predicate, (kind, name)."""
    document = Document.of(f"{name}.txt", f"The text of {name}.")
    claims = (
        Claim(document.id, Referent(s[1], s[0], (s[1],)), predicate, Referent(o[1], o[0], (o[1],)), "The", 0, 3)
        for s, predicate, o in facts
    )
    return Load(document, tuple(claims))


def role(document: str, person: str, company: str) -> Load:
    return load(document, (("Person", person), "HOLDS_ROLE_AT", ("Company", company)))


def proposed(store: Store) -> dict[frozenset[str], Suggestion]:
    found = suggestions(Reader(store.engine, store.ontology))
    return {frozenset((one.left.name, one.right.name)): one for one in found}


@pytest.mark.parametrize(
    ("loads", "pair", "reason"),
    [
        ([role("a", "刘振飞", "高德"), role("b", "Liu Zhenfei", "新樺")], ("刘振飞", "Liu Zhenfei"), "in pinyin"),
        ([role("a", "簡志霖", "新樺"), role("b", "Chien Chih-lin", "新樺")],
         ("簡志霖", "Chien Chih-lin"), "Wade-Giles"),
        ([role("a", "陳偉強", "Halden"), role("b", "Chan Wai-keung", "Halden")],
         ("陳偉強", "Chan Wai-keung"), "Cantonese"),
        ([role("a", "Wu Wei", "Halden"), role("b", "Wei Wu", "Halden")], ("Wu Wei", "Wei Wu"), "first or last"),
        ([role("a", "梁靖澜", "Halden"), role("b", "Grace Liang", "Halden")], ("梁靖澜", "Grace Liang"), "one surname"),
        ([role("a", "Karin Lindqvist", "Halden"), role("b", "Karin Lindqwist", "Tern")],
         ("Karin Lindqvist", "Karin Lindqwist"), "a letter"),
        ([role("a", "Ann Roe", "Pan-Nordic Shipping Bureau"), role("b", "Tom Poe", "PNSB")],
         ("Pan-Nordic Shipping Bureau", "PNSB"), "stand for"),
        ([role("a", "Ann Roe", "云帆"), role("b", "Tom Poe", "Yunfan")], ("云帆", "Yunfan"), "pinyin"),
        ([role("a", "Ann Roe", "北星新能源"), role("b", "Ann Roe", "北星")], ("北星新能源", "北星"), "in its name"),
        ([role("a", "Ann Roe", "Halden"), role("b", "Roe", "Halden")], ("Ann Roe", "Roe"), "short for"),
    ],
)  # fmt: skip
def test_proposed(store: Store, loads: list[Load], pair: tuple[str, str], reason: str) -> None:
    store.add(loads)
    found = proposed(store)[frozenset(pair)]
    assert reason in found.reason
    assert 0.4 <= found.score < 1


def test_homonyms_kept_apart_are_proposed(store: Store) -> None:
    store.add([role("a", "李伟", "云帆"), role("b", "李偉", "新樺")])
    (found,) = suggestions(Reader(store.engine, store.ontology))
    assert "both are called 李伟" in found.reason or "both are called 李偉" in found.reason
    assert found.left.id != found.right.id


@pytest.mark.parametrize(
    "loads",
    [
        [role("a", "Ann Roe", "Qwen 2"), role("b", "Tom Poe", "Qwen 3")],
        [role("a", "Ann Roe", "Halden Capital"), role("b", "Tom Poe", "Halden Shipping")],
        [role("a", "Ann Roe", "腾讯云"), role("b", "Ann Roe", "腾讯")],
        [load("a", (("Company", "Halden"), "OWNS", ("Company", "Halden Lines"))), role("b", "Ann Roe", "Halden")],
    ],
    ids=["numbers differ", "a word in common", "two of the dictionary", "one owns the other"],
)
def test_not_proposed(store: Store, loads: list[Load]) -> None:
    store.add(loads)
    assert proposed(store) == {}


@pytest.mark.parametrize("verdict", ["same", "not_same", "unsure"])
def test_a_judged_pair_is_not_proposed_again(store: Store, verdict: str) -> None:
    store.add([role("a", "Wu Wei", "Halden"), role("b", "Wei Wu", "Halden")])
    assert proposed(store)
    store.judge(Judgement(verdict, (Side("Wu Wei", "Person"), Side("Wei Wu", "Person"))))
    assert proposed(store) == {}


def test_homonyms_judged_by_document_are_not_proposed_again(store: Store) -> None:
    loads = [role("a", "李伟", "云帆"), role("b", "李偉", "新樺")]
    store.add(loads)
    one, other = (found.document.id for found in loads)
    store.judge(Judgement("not_same", (Side("李伟", "Person", one), Side("李偉", "Person", other))))
    assert proposed(store) == {}


def test_one_document_that_tells_of_both_speaks_against(store: Store) -> None:
    store.add([role("a", "Karin Lindqvist", "Halden"), role("b", "Karin Lindqwist", "Tern")])
    (apart,) = proposed(store).values()
    store.add([load("c", (("Person", "Karin Lindqvist"), "FAMILY_OF", ("Person", "Ann Roe")),
                    (("Person", "Karin Lindqwist"), "FAMILY_OF", ("Person", "Ann Roe")))])  # fmt: skip
    together = proposed(store).get(frozenset(("Karin Lindqvist", "Karin Lindqwist")))
    assert together is None or together.score < apart.score


# Spellings in Latin letters


@pytest.mark.parametrize(
    ("name", "latin", "system"),
    [
        ("蔡崇信", "Tsai Chung-hsin", "Wade-Giles"),
        ("蔡英文", "Tsai Ying-wen", "Wade-Giles"),
        ("蔡英文", "Tsai Ing-wen", "Wade-Giles"),
        ("張忠謀", "Chang Chung-mou", "Wade-Giles"),
        ("馬雲", "Ma Yun", "pinyin"),
        ("李彦宏", "Yanhong Li", "pinyin"),
        ("曾鸣", "Zeng Ming", "pinyin"),
        ("欧阳娜娜", "Ouyang Nana", "pinyin"),
        ("李家超", "Lee Ka-chiu", "Cantonese"),
        ("陳志雲", "Chan Chi-wan", "Cantonese"),
        ("黃偉文", "Wong Wai Man", "Cantonese"),
    ],
)
def test_a_spelling_is_read_back(name: str, latin: str, system: str) -> None:
    assert readings(latin)[spoken(name)] == system
    found = alike(name, latin)
    assert found is not None
    assert found == alike(latin, name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("马云", "Ma Huateng"),
        ("蔡崇信", "Tsai Ing-wen"),
        ("王伟", "Tim Cook"),
        ("Jack Ma", "Pony Ma"),
        ("库克", "Tim Cook"),
    ],
)
def test_names_that_are_not_alike(one: str, other: str) -> None:
    assert alike(one, other) is None


def test_every_spelling_of_a_name_can_be_read_back() -> None:
    for name in ("蔡崇信", "马云", "陈伟强", "欧阳靖澜", "吴泳铭"):
        assert spellings(name)
        assert all(spoken(name) in readings(latin) for latin in spellings(name))
