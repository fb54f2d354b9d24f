"""Measuring: what counts as right, as false, and as neither."""

import json
from pathlib import Path
from typing import Any

import pytest

from graph.model import Claim, Referent
from loaders.gold import read_gold
from loaders.problems import RefusedError
from loaders.score import score

TEXT = "Acme bought Bolt. Bolt makes Pin. Cord denied it wants Acme."
GOLD: dict[str, Any] = {
    "lang": "en",
    "entities": [
        {"id": "acme", "kind": "company", "names": ["Acme", "Acme Ltd"]},
        {"id": "bolt", "kind": "company", "names": ["Bolt"]},
        {"id": "cord", "kind": "company", "names": ["Cord"]},
        {"id": "pin", "kind": "product", "names": ["Pin"]},
    ],
    "facts": [
        {"s": "acme", "p": "ACQUIRED", "o": "bolt", "attrs": {"status": "completed"}, "alt_p": "OWNS"},
        {"s": "bolt", "p": "DEVELOPS", "o": "pin", "attrs": {}},
        {"s": "acme", "p": "USES", "o": "pin", "attrs": {}, "optional": True},
        {"s": "acme", "p": "PARTNERS_WITH", "o": "cord", "attrs": {"status": "denied"}},
    ],
    "negatives": [{"s": "cord", "p": "ACQUIRED", "o": "acme", "attrs": {}}],
}


def claim(subject: str, predicate: str, object_: str, status: str | None = None) -> Claim:
    quote = "Acme bought Bolt."
    ends = [Referent(name, "Company", (name,)) for name in (subject, object_)]
    return Claim("d", ends[0], predicate, ends[1], quote, 0, len(quote), status=status)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "one.json").write_text(json.dumps(GOLD), encoding="utf-8")
    return tmp_path


def counts(folder: Path, *claims: Claim) -> tuple[int, int, int]:
    tally = score(read_gold(folder), {"one": claims}, {"one": TEXT}).tally()
    return tally.right, tally.false, tally.missed


def test_nothing_claimed_misses_everything(folder: Path) -> None:
    assert counts(folder) == (0, 0, 3)


def test_a_fact_counts_once_however_often_it_is_claimed(folder: Path) -> None:
    assert counts(folder, claim("Acme", "ACQUIRED", "Bolt"), claim("ACME LTD", "ACQUIRED", "bolt")) == (1, 0, 2)


def test_another_predicate_that_is_as_right(folder: Path) -> None:
    assert counts(folder, claim("Acme", "OWNS", "Bolt")) == (1, 0, 2)


def test_the_wrong_direction_is_false(folder: Path) -> None:
    assert counts(folder, claim("Bolt", "ACQUIRED", "Acme")) == (0, 1, 3)


def test_a_symmetric_predicate_has_no_direction(folder: Path) -> None:
    assert counts(folder, claim("Cord", "PARTNERS_WITH", "Acme", "denied")) == (1, 0, 2)


def test_an_optional_fact_counts_neither_way(folder: Path) -> None:
    assert counts(folder, claim("Acme", "USES", "Pin")) == (0, 0, 3)


def test_denying_what_is_not_so_counts_neither_way(folder: Path) -> None:
    assert counts(folder, claim("Bolt", "OWNS", "Cord", "denied")) == (0, 0, 3)


def test_denying_what_is_so_is_false(folder: Path) -> None:
    assert counts(folder, claim("Acme", "ACQUIRED", "Bolt", "denied")) == (0, 1, 3)


def test_an_unknown_name_is_false(folder: Path) -> None:
    assert counts(folder, claim("Acme", "ACQUIRED", "Zinc")) == (0, 1, 3)


def test_invited_wrong_readings_are_counted(folder: Path) -> None:
    report = score(read_gold(folder), {"one": [claim("Cord", "ACQUIRED", "Acme")]}, {"one": TEXT})
    assert (report.asserted, report.invited) == (1, 1)


def test_quotes_are_checked_against_the_text(folder: Path) -> None:
    report = score(read_gold(folder), {"one": [claim("Acme", "ACQUIRED", "Bolt")]}, {"one": "x" + TEXT})
    assert (report.verbatim, report.claims) == (0, 1)


def test_the_report_names_languages_predicates_and_misses(folder: Path) -> None:
    lines = list(score(read_gold(folder), {}, {}).lines(misses=5))
    assert lines[0].startswith("all")
    assert any(line.startswith("missed one: acme ACQUIRED bolt") for line in lines)
    assert any(line.startswith("en ") for line in lines)


def test_a_folder_without_gold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="has no gold"):
        read_gold(tmp_path)


def test_gold_of_another_shape_names_the_file(folder: Path) -> None:
    (folder / "gold" / "two.json").write_text('{"lang": "en"}', encoding="utf-8")
    with pytest.raises(RefusedError, match=r"two\.json"):
        read_gold(folder)
