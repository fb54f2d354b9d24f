"""Pairs of names in single sentences: reading the file, turning labels, and the score."""

from collections import Counter
from pathlib import Path

import pytest

from loaders.pairs import Row, group, inverse, read_lines
from loaders.pairscore import score
from loaders.pairwords import SIZE, features
from loaders.relations import main

LABELS = {"收购", "被收购", "合作", "unknown"}
SENTENCE = "阿里巴巴收购高德"


def test_each_pair_of_a_sentence_is_one_case_in_the_order_of_the_text() -> None:
    rows = [Row("高德", "阿里巴巴", "被收购", SENTENCE), Row("阿里巴巴", "高德", "收购", SENTENCE)]
    [case] = group(rows, LABELS)
    assert (SENTENCE[slice(*case.first)], SENTENCE[slice(*case.second)]) == ("阿里巴巴", "高德")
    assert case.labels == Counter({"收购": 2})
    assert case.rows == ((0, True), (1, False))


@pytest.mark.parametrize(
    ("label", "turned"), [("收购", "被收购"), ("被收购", "收购"), ("合作", "合作"), ("unknown", "unknown")]
)
def test_labels_turn_round(label: str, turned: str) -> None:
    assert inverse(label, LABELS) == turned


def test_a_line_with_another_number_of_fields_is_named(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text("甲\t乙\t合作\t甲乙合作\n\n甲\t乙\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"pairs\.tsv line 3"):
        read_lines(path)


def test_unknown_counts_only_when_it_is_wrong() -> None:
    rows = [Row("甲", "乙", label, "甲乙") for label in ("合作", "合作", "unknown", "收购")]
    result = score(rows, ["合作", "unknown", "unknown", "合作"])
    assert (result.precision, result.recall, result.micro) == (1 / 2, 1 / 3, 2 / 5)


def test_features_are_bounded_and_in_order() -> None:
    [case] = group([Row("阿里巴巴", "高德", "收购", SENTENCE)], LABELS)
    found = features(case).tolist()
    assert found == sorted(set(found))
    assert found[0] >= 0
    assert found[-1] < SIZE


def test_the_command_names_a_missing_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["score", str(tmp_path / "none.tsv")]) == 1
    assert "none.tsv" in capsys.readouterr().err


def test_the_command_scores_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text("阿里巴巴\t高德\t收购\t阿里巴巴宣布以11亿美元收购高德\n", encoding="utf-8")
    assert main(["score", str(path)]) == 0
    assert "micro F1" in capsys.readouterr().out


def test_wrong_usage_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err
