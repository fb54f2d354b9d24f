from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.values import LARGEST, fitted, is_absent, number


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (5, 5),
        (5.0, 5),
        (2.5, 2.5),
        ("1,234,567.5", 1234567.5),
        ("1，234", 1234),
        ("1 234", 1234),
        ("12.5%", 12.5),
        ("100％", 100),
        ("-3", -3),
        ("−3", -3),
        ("3亿", 300_000_000),
        ("1.5 億", 150_000_000),
        ("2万亿", 2 * 10**12),
        ("3.2 billion", 3_200_000_000),
        ("1e6", 1_000_000),
        ("0.1", 0.1),
        (LARGEST, LARGEST),
    ],
)
def test_numbers(value: object, expected: float) -> None:
    assert number(value) == expected
    assert type(number(value)) is type(expected)


@pytest.mark.parametrize(
    "value", ["", "about 5", "5-6", "1,23", "12,5%", "$5", "nan", "inf", "1e99", "9" * 50, "亿", "3万万"]
)
def test_text_that_is_no_number(value: str) -> None:
    assert number(value) is None


@pytest.mark.parametrize("value", [True, None, [], {}, LARGEST + 1, 10**400, float("nan"), float("inf")])
def test_what_is_no_number(value: object) -> None:
    assert number(value) is None


@given(st.text(max_size=30) | st.floats() | st.integers())
def test_any_number_is_one_that_engines_keep(value: object) -> None:
    found = number(value)
    assert found is None or -LARGEST <= found <= LARGEST


@pytest.mark.parametrize(
    ("type_", "value", "expected"),
    [
        ("text", " a ", "a"),
        ("text", 5, "5"),
        ("text", True, "true"),
        ("text", {}, None),
        ("date", "2024/5/6", "2024-05-06"),
        ("date", "soon", None),
        ("boolean", "yes", True),
        ("boolean", "否", False),
        ("boolean", 0, False),
        ("boolean", "perhaps", None),
        ("boolean", [], None),
        ("list", "one", ["one"]),
        ("list", ["one", None, 2], ["one", "2"]),
        ("list", ["one", {}], None),
        ("number", "7", 7),
    ],
)
def test_fitted(type_: str, value: Any, expected: Any) -> None:
    assert fitted(type_, value) == expected


@pytest.mark.parametrize(
    ("value", "absent"), [(None, True), ("", True), (" ", True), ([], True), (0, False), (False, False)]
)
def test_is_absent(value: object, absent: bool) -> None:
    assert is_absent(value) is absent
