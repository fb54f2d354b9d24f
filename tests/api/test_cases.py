"""The contract as data: tests/cases/api/*.json are asked of the service on every engine, without exception.

A case: {"name", "get" | "post" | "delete": address, "body"?, "headers"?, "status"?, "type"?,
"equals"?: {path: value}, "holds"?: {path: values that must be there}, "lacks"?: {path: values that may not be there}}
A path is names and numbers joined by dots; * stands for every item of a list.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import httpx

FILES = sorted((Path(__file__).parents[1] / "cases" / "api").glob("*.json"))
KEYS = {"name", "get", "post", "delete", "body", "headers", "status", "type", "equals", "holds", "lacks"}


def cases() -> list[Any]:
    found = [(file.stem, case) for file in FILES for case in json.loads(file.read_text(encoding="utf-8"))]
    return [pytest.param(case, id=f"{stem}: {case['name']}") for stem, case in found]


def at(value: Any, path: str) -> Any:
    """What stands at a path, None where nothing does; for * the list of what stands there in every item."""
    step, _, rest = path.partition(".")
    if step == "":
        return value
    if step == "*":
        return [at(item, rest) for item in value]
    if isinstance(value, list):
        return at(value[int(step)], rest) if int(step) < len(value) else None
    return at(value.get(step), rest) if value is not None else None


@pytest.mark.parametrize("case", cases())
def test_contract(client: httpx.Client, case: dict[str, Any]) -> None:
    assert set(case) <= KEYS, "a case knows no engine and no other key"
    method = next(name for name in ("get", "post", "delete") if name in case)
    reply = client.request(method, case[method], json=case.get("body"), headers=case.get("headers"))
    assert reply.status_code == case.get("status", 200), reply.text
    expected = "application/problem+json" if reply.is_error else "application/json"
    assert reply.headers["content-type"].startswith(case.get("type", expected))
    assert reply.headers["x-request-id"]
    if "json" not in reply.headers["content-type"] or "ndjson" in reply.headers["content-type"]:
        assert case["equals"][""] == reply.text
        return
    found = reply.json()
    for path, value in case.get("equals", {}).items():
        assert at(found, path) == value, path
    for path, values in case.get("holds", {}).items():
        missing = [value for value in values if value not in at(found, path)]
        assert not missing, f"{path}: {at(found, path)}"
    for path, values in case.get("lacks", {}).items():
        assert not [value for value in values if value in at(found, path)], path
