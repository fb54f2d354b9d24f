"""Reading whole documents with the trained models: quotes stand in the text, and nothing depends on chance."""

import json
from pathlib import Path

import pytest

from graph.model import Claim, Document
from loaders.reading import SECTION, Reader, main, measure, sections

NEWS = (
    "阿里巴巴集團主席蔡崇信週三表示，公司已與蘋果達成合作，為中國市場的 iPhone 提供人工智能功能。\n\n"
    "Joe Tsai, chairman of Alibaba Group, said on Wednesday that the company had agreed to work with Apple. "
    "Mr. Tsai studied at Yale University. Alibaba Cloud develops the Qwen models.\n"
)
HOSTILE = [
    "\ufeff" + NEWS,
    NEWS.replace("\n", "\r\n"),
    "🙂𠮷" + NEWS + "e\u0301" + NEWS,
    "---\ntitle: x\ndate: 2025-02-13\n---\n" + NEWS,
    NEWS.replace(" ", "\u00a0"),
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(least=0.2)


def triples(claims: list[Claim]) -> set[tuple[str, str, str]]:
    return {(s, c.predicate, o) for c in claims for s in c.subject.names for o in c.object.names}


def test_plain_facts_are_read_in_two_scripts(reader: Reader) -> None:
    found = triples(reader(Document.of("news.txt", NEWS)))
    assert ("蔡崇信", "HOLDS_ROLE_AT", "阿里巴巴集團") in found
    assert ("Joe Tsai", "EDUCATED_AT", "Yale University") in found


def test_one_person_in_two_scripts_is_one(reader: Reader) -> None:
    claims = reader(Document.of("news.txt", NEWS))
    of = {name: r.id for c in claims for r in (c.subject, c.object) for name in r.names}
    assert of["蔡崇信"] == of["Joe Tsai"]


@pytest.mark.parametrize("text", HOSTILE, ids=["mark", "crlf", "astral", "front matter", "hard spaces"])
def test_quotes_stand_in_the_text_word_for_word(reader: Reader, text: str) -> None:
    claims = reader(Document.of("news.txt", text))
    assert claims
    assert all(text[c.start : c.end] == c.quote and c.quote.strip() for c in claims)


def test_nothing_is_quoted_from_the_front_matter(reader: Reader) -> None:
    text = HOSTILE[3]
    assert all(c.start >= text.index("阿里") for c in reader(Document.of("news.txt", text)))


@pytest.mark.parametrize("text", ["", " \n\t", "。。。", "\ufeff", "a", "🙂" * 50, "1 2 3", "=" * 3000])
def test_texts_that_say_nothing(reader: Reader, text: str) -> None:
    assert reader(Document.of("empty.txt", text)) == []


def test_reading_twice_gives_the_same(reader: Reader) -> None:
    document = Document.of("news.txt", NEWS)
    assert reader(document) == Reader(least=0.2)(document)


def test_a_higher_least_confidence_leaves_a_part() -> None:
    document = Document.of("news.txt", NEWS)
    some, all_ = Reader(least=0.6)(document), Reader(least=0.1)(document)
    assert triples(some) < triples(all_)
    assert all(claim.confidence >= 0.6 for claim in some)


def test_every_candidate_has_a_verdict(reader: Reader) -> None:
    [(start, reading, verdicts)] = reader.explain(Document.of("news.txt", NEWS))
    assert start == 0
    assert len(verdicts) == len(reading.candidates)
    assert {v.reason == "" for v in verdicts} == {True, False}


def test_sections_cover_the_text_and_cut_between_paragraphs() -> None:
    text = ("字" * 1000 + "\n\n") * 40
    parts = list(sections(text))
    assert "".join(text[a:b] for a, b in parts) == text
    assert all(b - a <= SECTION for a, b in parts)
    assert all(text[:b].endswith("\n\n") for _, b in parts)


def test_a_text_without_any_stop_is_cut_all_the_same() -> None:
    assert [b - a for a, b in sections("x" * (2 * SECTION + 5))] == [SECTION, SECTION, 5]


def gold_folder(folder: Path) -> Path:
    (folder / "docs").mkdir()
    (folder / "gold").mkdir()
    (folder / "docs" / "a.txt").write_text(NEWS, encoding="utf-8")
    entities = [
        {"id": "tsai", "kind": "person", "names": ["蔡崇信", "Joe Tsai"]},
        {"id": "alibaba", "kind": "company", "names": ["阿里巴巴集團", "Alibaba Group"]},
    ]
    facts = [{"s": "tsai", "p": "HOLDS_ROLE_AT", "o": "alibaba", "attrs": {"role": "chairman"}}]
    gold = {"lang": "zh-Hant", "entities": entities, "facts": facts, "negatives": []}
    (folder / "gold" / "a.json").write_text(json.dumps(gold), encoding="utf-8")
    return folder


def test_how_far_it_is_with_a_long_text_is_told() -> None:
    text, told = "马云创办了阿里巴巴。" + "\n\n" * SECTION + "它在杭州。", list[tuple[str, int, int]]()
    Reader(progress=lambda *step: told.append(step))(Document.of("a.txt", text))
    assert len(told) > 1
    assert told[-1] == ("characters", len(text), len(text))
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)


def test_a_gold_folder_measures_reading(tmp_path: Path, reader: Reader) -> None:
    report = measure(gold_folder(tmp_path), reader)
    assert report.tally("HOLDS_ROLE_AT").recall == 1.0
    assert report.verbatim == report.claims


def test_the_command_prints_the_scores(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", str(gold_folder(tmp_path))]) == 0
    assert "precision" in capsys.readouterr().out


def test_the_command_tells_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", str(tmp_path)]) == 1
    assert "gold" in capsys.readouterr().err
    assert main([]) == 2
