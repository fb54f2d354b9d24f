"""The description names the words and limits of the service it comes from, where nothing else is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from api.app import create_app
from api.settings import CypherLimits, Limit, ServiceSettings
from graph.ontology import load_ontology
from graph.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from graph.engines.engine import Engine

SHIPS = """
[kinds.Ship]
en = "ship"
zh = "船"

[statuses]
salvaged = { asserted = true, en = "salvaged", zh = "已打捞" }

[predicates.SAILS_FOR]
from = ["Ship"]
to = ["Company"]
attributes = []
en = { active = "sails for", passive = "has at sea" }
zh = { active = "为……航行", passive = "拥有船只" }
"""
WORDS = {"predicate": "PredicateName", "status": "StatusName", "kind": "KindWord"}


@pytest.fixture
def description(embedded: Engine, tmp_path: Path) -> dict[str, Any]:
    extra = tmp_path / "ships.toml"
    extra.write_text(SHIPS, encoding="utf-8")
    service = ServiceSettings(page=None, cypher=CypherLimits(rows=Limit(10, 77), seconds=Limit(1, 7.5)))
    return create_app(Store(embedded, load_ontology(extra)), service=service).openapi()


def test_words_of_the_users_own_ontology(description: dict[str, Any]) -> None:
    words = {name: schema["enum"] for name, schema in description["components"]["schemas"].items() if "enum" in schema}
    assert {"Ship", "Company"} <= set(words["KindName"])
    assert {"Ship", "ship", "company"} <= set(words["KindWord"])
    assert {"SAILS_FOR", "PARTY_TO"} <= set(words["PredicateName"])
    assert "PARTY_TO" not in words["StatedPredicate"]
    assert {"salvaged", "active"} <= set(words["StatusName"])
    assert "x-known-later" not in str(description)


def test_parameters_take_these_words_or_say_their_form(description: dict[str, Any]) -> None:
    seen: set[str] = set()
    for path, methods in description["paths"].items():
        for parameter in methods.get("get", {}).get("parameters", ()):
            name, said = parameter["name"], str(parameter["schema"])
            if name in WORDS:
                assert f"#/components/schemas/{WORDS[name]}'" in said, path
            elif name in ("cursor", "as_of"):
                assert "'pattern': '^" in said, path
            seen.add(name)
    assert {*WORDS, "cursor", "as_of"} <= seen


def test_limits_of_the_service(description: dict[str, Any]) -> None:
    statement = description["components"]["schemas"]["Statement"]["properties"]
    assert statement["limit"]["anyOf"][0] == {"type": "integer", "minimum": 0, "maximum": 77}
    assert statement["timeout_s"]["anyOf"][0] == {"type": "number", "exclusiveMinimum": 0, "maximum": 7.5}
    assert statement["statement"]["maxLength"] == 30_000
