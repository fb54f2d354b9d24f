"""The kinds, predicates and tags that the reading models speak of, in the order of their outputs."""

from typing import Final

PERSON: Final = "person"
COMPANY: Final = "company"
PRODUCT: Final = "product"
KINDS: Final = (PERSON, COMPANY, PRODUCT)
REFERENCE: Final = "ref"
TAGS: Final = ("O", *(f"{mark}-{kind}" for kind in (*KINDS, REFERENCE) for mark in "BI"))
PREDICATES: Final = (
    "FOUNDED",
    "HOLDS_ROLE_AT",
    "OWNS",
    "ACQUIRED",
    "INVESTED_IN",
    "SOLD",
    "DEVELOPS",
    "USES",
    "PARTNERS_WITH",
    "COMPETES_WITH",
    "FAMILY_OF",
    "EDUCATED_AT",
    "MEMBER_OF",
    "PART_OF",
)
SYMMETRIC: Final = frozenset({"PARTNERS_WITH", "COMPETES_WITH", "FAMILY_OF"})
_BUYERS = frozenset({(PERSON, COMPANY), (COMPANY, COMPANY)})
ALLOWED: Final = {
    "FOUNDED": _BUYERS,
    "HOLDS_ROLE_AT": frozenset({(PERSON, COMPANY)}),
    "OWNS": _BUYERS | {(COMPANY, PRODUCT), (PERSON, PRODUCT)},
    "ACQUIRED": _BUYERS,
    "INVESTED_IN": _BUYERS,
    "SOLD": _BUYERS,
    "DEVELOPS": frozenset({(COMPANY, PRODUCT)}),
    "USES": frozenset({(COMPANY, COMPANY), (COMPANY, PRODUCT), (PRODUCT, COMPANY), (PRODUCT, PRODUCT)}),
    "PARTNERS_WITH": frozenset({(COMPANY, COMPANY)}),
    "COMPETES_WITH": frozenset({(COMPANY, COMPANY), (PRODUCT, PRODUCT)}),
    "FAMILY_OF": frozenset({(PERSON, PERSON)}),
    "EDUCATED_AT": frozenset({(PERSON, COMPANY)}),
    "MEMBER_OF": _BUYERS,
    "PART_OF": frozenset({(PRODUCT, PRODUCT)}),
}
