"""The description is exact enough for machines: valid, in prose everywhere, and held by every answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

if TYPE_CHECKING:
    import httpx
    from fastapi import FastAPI

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


def test_it_is_valid_and_says_what_each_route_answers(app: FastAPI) -> None:
    description = app.openapi()
    OpenAPIV31SpecValidator(description).validate()
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            assert len(operation.get("description", "")) > 40, f"{method} {path} says too little"
            assert operation["summary"], f"{method} {path}"
            assert operation["tags"], f"{method} {path}"


def test_answers_are_as_described(client: httpx.Client) -> None:
    schema = schemathesis.openapi.from_url(f"{client.base_url}/openapi.json")
    found: list[Any] = [result.ok() for result in schema.get_all_operations()]
    assert len(found) > 20
    for operation in found:

        @given(case=operation.as_strategy())
        @settings(
            max_examples=5,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def check(case: Any) -> None:
            if not (case.method == "POST" and case.path.endswith("/rebuild")):
                case.call_and_validate(checks=CHECKS)

        check()
