"""Money and shares in running text: "12亿元", "NT$30 billion", "三成", "36 percent"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from loaders.lexicon import lexicon
from loaders.scripts import is_han

_DIGITS = "零一二三四五六七八九"
_CJK = {**{d: i for i, d in enumerate(_DIGITS)}, "〇": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5}
_TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_SCALES = {"万": 10**4, "亿": 10**8, "兆": 10**12}
_NUMBER_ZH = r"(?:\d[\d,]*(?:\.\d+)?|[零〇一二两三四五六七八九十百千壹贰叁肆伍拾佰仟]+(?:点[零一二三四五六七八九]+)?)"
_WORDS_EN = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90, "a": 1, "half a": 0.5,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in full units of an ISO 4217 currency, and the characters that say it."""

    start: int
    end: int
    amount: float
    currency: str


@dataclass(frozen=True, slots=True)
class Share:
    """A share in percent, and the characters that say it."""

    start: int
    end: int
    percent: float


def money_in(simple: str) -> list[Money]:
    """Every amount of money in a text of Simplified characters, in order."""
    home = _home(simple)
    return sorted([*_money_zh(simple, home), *_money_en(simple)], key=lambda m: m.start)


def shares_in(simple: str) -> list[Share]:
    """Every share of a whole: percentages, 成, halves and thirds."""
    found = [*_percent(simple), *_tenths(simple)]
    found += [
        Share(*m.span(), value) for pattern, value in _FRACTIONS for m in re.finditer(pattern, simple, re.IGNORECASE)
    ]
    return sorted(found, key=lambda s: s.start)


def number_zh(text: str) -> float | None:
    """The value of a number in digits or Chinese numerals, without 万 and 亿; None when it is none."""
    plain = text.replace(",", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return float(plain)
    whole, _, rest = plain.partition("点")
    if not whole or any(c not in _CJK and c not in _TENS for c in whole + rest):
        return None
    if not any(c in _TENS for c in whole):
        value = float("".join(str(_CJK[c]) for c in whole))
    else:
        value = float(_spelled(whole))
    return value + (float("0." + "".join(str(_CJK[c]) for c in rest)) if rest else 0.0)


def _spelled(text: str) -> int:
    total, digit = 0, 0
    for c in text:
        if c in _TENS:
            total += (digit or 1) * _TENS[c]
            digit = 0
        else:
            digit = _CJK[c]
    return total + digit


@cache
def _pattern_zh() -> re.Pattern[str]:
    names = sorted({w for ws in lexicon("zh")["money"].values() for w in ws}, key=lambda w: -len(w))
    units = "|".join(map(re.escape, names))
    lead = r"(?P<lead>新台币|人民币|港币|台币|US\$|HK\$|NT\$|RMB|USD|\$|€|£)?\s?"
    part = rf"{_NUMBER_ZH}(?:\s?(?:[百千]?万亿?|[百千]?亿|兆))?"
    return re.compile(rf"{lead}(?P<number>{part}(?:{part})?)(?P<more>多|余)?\s?(?P<unit>{units})?", re.IGNORECASE)


@cache
def _currency_zh() -> dict[str, str]:
    symbols = {w: code for code, ws in lexicon("en")["money"].items() for w in ws}
    return {**symbols, **{w: code for code, ws in lexicon("zh")["money"].items() for w in ws}}


def _money_zh(simple: str, home: str) -> Iterator[Money]:
    for m in _pattern_zh().finditer(simple):
        lead, unit = m["lead"], m["unit"]
        if not lead and not unit:
            continue
        scaled = any(s in m["number"] for s in _SCALES)
        if lead and not is_han(lead[0]) and not scaled and not unit:
            continue
        value = _scaled(m["number"])
        if value is None or (unit in {"元", "块", "块钱", "镑", "盾"} and not scaled and value < 1):
            continue
        known = _currency_zh()
        code = (
            known.get((lead or "").casefold())
            or known.get(lead or "")
            or (home if unit == "元" else known.get(unit or ""))
        )
        if code:
            yield Money(m.start(), m.end(), value, code)


def _scaled(text: str) -> float | None:
    """1亿2000万, 3,600万, 四十万: the value in full."""
    total, rest = 0.0, text.replace(" ", "")
    for part in re.finditer(rf"({_NUMBER_ZH})(万亿|[百千]?万|[百千]?亿|兆)?", rest):
        value = number_zh(part[1])
        if value is None:
            return None
        total += value * _scale(part[2] or "")
    return round(total, 2)


def _scale(unit: str) -> float:
    value = 1.0
    for c in unit:
        value *= _SCALES.get(c, _TENS.get(c, 1))
    return value


def _home(simple: str) -> str:
    """The currency that a bare 元 means in this text."""
    counts = {code: sum(simple.count(w) for w in ws) for code, ws in lexicon("zh")["home"].items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] >= 2 else "CNY"


@cache
def _pattern_en() -> re.Pattern[str]:
    table = lexicon("en")["money"]
    names = sorted({w for ws in table.values() for w in ws}, key=lambda w: -len(w))
    sign = "|".join(
        re.escape(w) for w in names if not w.isalpha() or w in {"rm", "rs", "rp", "rmb", "usd", "eur", "gbp", "chf"}
    )
    word = "|".join(re.escape(w) for w in names if w.isalpha())
    scales = "|".join(sorted({w for ws in lexicon("en")["scale"].values() for w in ws}, key=lambda w: -len(w)))
    spelled = "|".join(sorted(_WORDS_EN, key=lambda w: -len(w)))
    number = rf"(?P<number>\d[\d,]*(?:\.\d+)?|\b(?:{spelled}))"
    return re.compile(
        rf"(?:(?P<sign>(?<![A-Za-z])(?:{sign}))\s?)?{number}(?:[\s-]?(?P<scale>{scales})(?![A-Za-z]))?(?:[\s-](?P<word>{word})\b)?",
        re.IGNORECASE,
    )


def _money_en(simple: str) -> Iterator[Money]:
    codes = {w: code for code, ws in lexicon("en")["money"].items() for w in ws}
    scales = {w: float(k) for k, ws in lexicon("en")["scale"].items() for w in ws}
    for m in _pattern_en().finditer(simple):
        mark = (m["sign"] or m["word"] or "").casefold()
        if not mark or simple[m.end() : m.end() + 1] in {"万", "亿"}:
            continue
        text = m["number"].casefold().replace(",", "")
        value = _WORDS_EN.get(text)
        if value is None:
            value = float(text)
        yield Money(m.start(), m.end(), round(value * scales.get((m["scale"] or "").casefold(), 1.0), 2), codes[mark])


_PERCENT = re.compile(
    r"(?P<n>\d+(?:\.\d+)?|\b[a-z]+(?:-[a-z]+)?)\s?(?:%|％|per\s?cent\b|percent\b|个?百分点|巴仙)|百分之(?P<zh>[零一二两三四五六七八九十百点\d.]+)",
    re.IGNORECASE,
)
_TENTH = re.compile(
    r"(?P<a>[一二两三四五六七八九]|\d)成(?P<b>[一二三四五六七八九半]|\d)?(?![为员立就本熟长效功交分人都年名绩型品])"
)
_FRACTIONS = (
    (r"三分之一|\bone[- ]third\b|\ba third\b", 33.3),
    (r"三分之二|\btwo[- ]thirds\b", 66.7),
    (r"四分之一|\ba quarter of\b", 25.0),
    (r"一半(?=的?股|股权)|\bhalf (?:of )?(?:the|its) (?:shares|stock|equity|company)\b", 50.0),
    (r"全资|全部股权|全部股份|\bwholly[- ]owned\b|\ball of the shares\b", 100.0),
)


def _percent(simple: str) -> Iterator[Share]:
    for m in _PERCENT.finditer(simple):
        if m["zh"]:
            value = number_zh(m["zh"])
        elif m["n"][0].isdigit():
            value = float(m["n"])
        else:
            value = _spelled_en(m["n"].casefold())
        if value is not None and value <= 100:
            yield Share(m.start(), m.end(), value)


def _spelled_en(text: str) -> float | None:
    parts = [_WORDS_EN.get(p) for p in text.split("-")]
    known = [p for p in parts if p is not None]
    return float(sum(known)) if len(known) == len(parts) else None


def _tenths(simple: str) -> Iterator[Share]:
    for m in _TENTH.finditer(simple):
        tens, ones = number_zh(m["a"]), 5.0 if m["b"] == "半" else number_zh(m["b"]) if m["b"] else 0.0
        if tens is not None and ones is not None:
            yield Share(m.start(), m.end(), tens * 10 + ones)
