"""Values of attributes as the ontology types them: text, number, date, boolean, list of text."""

import re
from decimal import Decimal

from loaders.dates import iso_date

Value = str | int | float | bool | list[str]
LARGEST = 2**63 - 1  # what both engines keep as an integer

_NUMBER = re.compile(
    r"(?P<sign>[-+−]?)(?P<digits>\d{1,3}(?:[,，' \u00a0]\d{3})+|\d{1,40})(?P<rest>[.．]\d{1,40})?"
    r"(?:[eE](?P<power>[-+]?\d{1,2}))?\s*(?P<unit>[%％]|[万萬亿億]{1,2}|thousand|million|billion|trillion|bn)?",
    re.IGNORECASE,
)
_UNITS = {
    "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "万亿": 10**12, "萬億": 10**12,
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "bn": 10**9, "trillion": 10**12,
    "%": 1, "％": 1, "": 1,
}  # fmt: skip
_YES = frozenset({"true", "yes", "y", "1", "是"})
_NO = frozenset({"false", "no", "n", "0", "否"})


def is_absent(value: object) -> bool:
    """Whether a value says nothing: null, an empty list, or empty text."""
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def fitted(type_: str, value: object) -> Value | None:
    """The value as an attribute of this type (one of the ontology's), None when it does not fit."""
    match type_:
        case "number":
            return number(value)
        case "date":
            return iso_date(value)
        case "boolean":
            return _boolean(value)
        case "list":
            return _texts(value)
        case _:
            return _text(value)


def number(value: object) -> int | float | None:
    """A number out of a number or a text such as "1,234", "12.5%", "3亿", "2 million"; None when it is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        return _plain(_spelled(value))
    if isinstance(value, int):
        return value if abs(value) <= LARGEST else None
    return _plain(value) if isinstance(value, float) else None


def _plain(value: float | Decimal | None) -> int | float | None:
    """A whole number as int, so that 3 and 3.0 are one value."""
    if value is None or not -LARGEST <= value <= LARGEST:
        return None  # NaN is here too: it is not less than anything
    return int(value) if value == int(value) else float(value)


def _spelled(text: str) -> Decimal | None:
    found = _NUMBER.fullmatch(text.strip())
    unit = _UNITS.get((found["unit"] or "").lower()) if found else None
    if found is None or unit is None:
        return None
    digits = re.sub(r"\D", "", found["digits"]) + (found["rest"] or "").replace("．", ".")
    value = Decimal(digits).scaleb(int(found["power"] or 0)) * unit
    return -value if found["sign"] in {"-", "−"} else value


def _boolean(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    word = str(value).strip().casefold() if isinstance(value, str | int) else ""
    return True if word in _YES else False if word in _NO else None


def _text(value: object) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value.strip()
    return None if number(value) is None else str(value)


def _texts(value: object) -> list[str] | None:
    values = value if isinstance(value, list) else [value]
    texts = [_text(item) for item in values if not is_absent(item)]
    fit = [text for text in texts if text is not None]
    return fit if fit and len(fit) == len(texts) else None
