"""Money, shares and dates out of running text."""

import pytest

from loaders.amounts import money_in, shares_in
from loaders.times import moments_in

TAIPEI = "台北 新台币 "


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("作价1.5亿元", 150_000_000, "CNY"),
        ("凑了四十万元", 400_000, "CNY"),
        ("1亿2000万港元", 120_000_000, "HKD"),
        ("新台币30亿元", 3_000_000_000, "TWD"),
        ("3,600万美元", 36_000_000, "USD"),
        ("两千三百万欧元", 23_000_000, "EUR"),
        ("HK$30亿", 3_000_000_000, "HKD"),
        (TAIPEI + "出资八亿元", 800_000_000, "TWD"),
        ("for €210 million", 210_000_000, "EUR"),
        ("US$1.35bn", 1_350_000_000, "USD"),
        ("640 billion won", 640_000_000_000, "KRW"),
        ("$12.5m", 12_500_000, "USD"),
        ("RM45 million", 45_000_000, "MYR"),
        ("£3,000", 3000, "GBP"),
        ("a million dollars", 1_000_000, "USD"),
    ],
)
def test_money(text: str, amount: float, currency: str) -> None:
    found = money_in(text)
    assert [(m.amount, m.currency) for m in found] == [(amount, currency)]
    assert text[found[0].start : found[0].end].strip() in text


@pytest.mark.parametrize("text", ["去年有3000名员工", "第12号", "iPhone 15", "Room 404", "十分之一的人"])
def test_numbers_that_are_no_money(text: str) -> None:
    assert money_in(text) == []


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("持股38.2%", 38.2),
        ("出资六成", 60),
        ("持股一成一", 11),
        ("三成五股权", 35),
        ("百分之二十", 20),
        ("全资子公司", 100),
        ("his entire 36 percent", 36),
        ("a 40% stake", 40),
        ("thirty-five per cent", 35),
    ],
)
def test_shares(text: str, percent: float) -> None:
    assert [s.percent for s in shares_in(text)] == [percent]


@pytest.mark.parametrize("text", ["成为股东", "完成收购", "一成员", "八成熟"])
def test_tenths_that_are_none(text: str) -> None:
    assert shares_in(text) == []


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2025年8月26日", "2025-08-26"),
        ("今年7月", "2025-07"),
        ("去年", "2024"),
        ("二〇一七年", "2017"),
        ("民国116年", "2027"),
        ("上月", "2025-04"),
        ("三年前", "2022"),
        ("今（22）日", "2025-05-22"),
        ("in September 2022", "2022-09"),
        ("12 March 2024", "2024-03-12"),
        ("March 3, 2024", "2024-03-03"),
        ("last year", "2024"),
        ("last June", "2024-06"),
        ("five years ago", "2020"),
        ("since 1998", "1998"),
    ],
)
def test_dates_lean_on_the_day_of_writing(text: str, iso: str) -> None:
    assert [m.iso for m in moments_in(text, "2025-05-22")] == [iso]


def test_relative_dates_without_a_day_of_writing_are_left_out() -> None:
    assert moments_in("去年收购，last June", None) == []


@pytest.mark.parametrize("text", ["2000万元", "1,998 people", "about 2000 employees", "may be sold"])
def test_numbers_that_are_no_date(text: str) -> None:
    assert moments_in(text, "2025-05-22") == []
