import pytest

from graph.errors import BadSettings
from loaders.problems import LIMITS, Limits, Problem, megabytes


def test_a_problem_in_words() -> None:
    assert str(Problem("a.csv", 3, "owner", "missing")) == "a.csv:3: owner: missing"
    assert str(Problem("a.csv", 0, "", "empty")) == "a.csv: empty"


def test_limits_from_the_environment() -> None:
    assert Limits.from_environ({}) == LIMITS == Limits.from_environ({"GUANXI_MAX_FILE_MB": ""})
    found = Limits.from_environ({"GUANXI_MAX_FILE_MB": "100", "GUANXI_MAX_TEXT_MB": "30"})
    assert (found.file_bytes, found.text) == (100 * 2**20, 30 * 2**20)


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "many", "10001", "9" * 5000, "١"])
def test_limits_that_are_no_size(value: str) -> None:
    with pytest.raises(BadSettings, match="GUANXI_MAX_TEXT_MB"):
        Limits.from_environ({"GUANXI_MAX_TEXT_MB": value})


@pytest.mark.parametrize(("size", "words"), [(64 * 2**20, "64 MB"), (2**19, "0.5 MB"), (0, "0.0 MB")])
def test_megabytes(size: int, words: str) -> None:
    assert megabytes(size) == words
