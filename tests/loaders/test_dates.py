from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.dates import dateline, iso_date


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024", "2024"),
        (2024, "2024"),
        ("2024-05", "2024-05"),
        ("2024-5-6", "2024-05-06"),
        ("2024/5/6", "2024-05-06"),
        ("2024.05.06", "2024-05-06"),
        ("2025-02-13 17:41:14", "2025-02-13"),
        ("2025-02-13T17:41:14Z", "2025-02-13"),
        ("2026 年 6 月 18 日", "2026-06-18"),
        ("2026年6月", "2026-06"),
        ("June 18, 2026", "2026-06-18"),
        ("18 Sept. 2026", "2026-09-18"),
        ("Feb 2025", "2025-02"),
        (date(2024, 2, 29), "2024-02-29"),
        (datetime(2024, 2, 29, 13, 5), "2024-02-29"),  # noqa: DTZ001
    ],
)
def test_dates_that_are_understood(value: object, expected: str) -> None:
    assert iso_date(value) == expected


@pytest.mark.parametrize(
    "value",
    ["", "soon", "2023-02-30", "2024-13", "2024-05/06", "20240506", "2023-2024", "2025-Q1", "13/05/2024", "0000"],
)
def test_text_that_is_no_date(value: str) -> None:
    assert iso_date(value) is None


@pytest.mark.parametrize("value", [None, 5, 10**30, True, 2024.0, [], "2024-05-06" * 50])
def test_what_is_no_date(value: object) -> None:
    assert iso_date(value) is None


@given(st.dates())
def test_every_day_comes_back(day: date) -> None:
    assert iso_date(day.isoformat()) == iso_date(f"{day.year:04d}/{day.month}/{day.day}") == day.isoformat()


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_none(text: str) -> None:
    found = iso_date(text)
    assert found is None or iso_date(found) == found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("标题\n时间:2026 年 6 月 18 日 巴黎 VivaTech\n正文", "2026-06-18"),
        ("Title\n\nJune 18, 2026\n\nBody", "2026-06-18"),
        ("PARIS, 18 June 2026 (Newswire) - " + "The company said much. " * 20, "2026-06-18"),
        ("新华社北京2025年2月14日电 " + "公司宣布了许多事情。" * 30, "2025-02-14"),
        ("Published 2025-02-14 10:11", "2025-02-14"),
        ("The company was founded on September 10, 1999 by a teacher and his seventeen friends in a small flat.", None),
        ("集团成立于1999年9月10日，创办人是一名教师和他的十七位朋友，" + "他们在一套公寓里工作。" * 10, None),
        ("\n".join(["line"] * 20) + "\nJune 18, 2026", None),
        ("2025-02-31", None),
        ("", None),
    ],
)
def test_dateline(text: str, expected: str | None) -> None:
    assert dateline(text) == expected
