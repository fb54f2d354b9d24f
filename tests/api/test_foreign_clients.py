"""Clients that others wrote, or made out of the description, find what they expect."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import neo4j
import pytest
from neo4j.exceptions import ClientError, CypherSyntaxError
from neo4j.time import Date
from neo4j.warnings import PreviewWarning

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx
    from fastapi import FastAPI


@pytest.fixture(scope="module")
def driver(client: httpx.Client) -> Iterator[neo4j.Driver]:
    """Neo4j's own driver, which speaks to its Query API where it is given an http address."""
    with pytest.warns(PreviewWarning):  # that side of it is new
        driver = neo4j.GraphDatabase.driver(str(client.base_url), auth=("neo4j", "unused"))
    with driver:
        yield driver


def test_neo4js_driver_reads_values_of_each_kind(driver: neo4j.Driver) -> None:
    given = {"i": 2**60, "f": 1.5, "s": "马云", "l": [1, None, True], "m": {"a": "x"}, "d": Date(2024, 5, 17)}
    statement = "RETURN $i AS i, $f AS f, $s AS s, $l AS l, $m AS m, $d AS d, localtime('10:20:30') AS t, null AS n"
    with driver.session(database="neo4j", default_access_mode="READ") as session:
        record = session.run(statement, given).single(strict=True)
    assert {name: record[name] for name in given} == given
    assert (record["t"].hour, record["n"]) == (10, None)


def test_neo4js_driver_reads_nodes_and_paths(driver: neo4j.Driver) -> None:
    with driver.session(database="neo4j", default_access_mode="READ") as session:
        statement = "MATCH p = (:Company {id: $id})-[r:PARTNERS_WITH]-() RETURN p, r LIMIT 1"
        record = session.run(statement, id="bosch").single(strict=True)
    path, relation = record["p"], record["r"]
    assert "bosch" in {node["id"] for node in path.nodes}
    assert {"Company", "Entity"} <= set(path.start_node.labels)
    assert (relation.type, relation["status"]) == ("PARTNERS_WITH", path.relationships[0]["status"])


def test_neo4js_driver_is_told_what_is_wrong(driver: neo4j.Driver) -> None:
    with driver.session(database="neo4j") as session:
        with pytest.raises(CypherSyntaxError):
            session.run("MATCH (n RETURN n").consume()
        with pytest.raises(ClientError) as refused:
            session.run("CREATE (n:Bad) RETURN n").consume()
    assert refused.value.code == "Neo.ClientError.Security.Forbidden"


def test_typed_classes_made_out_of_the_description_hold_the_answers(app: FastAPI, client: httpx.Client) -> None:
    """The generator makes the classes; each answer must fit the one that the description names for its route."""
    classes = classes_of(json.dumps(app.openapi()))
    for route, path in (
        ("/v1/search", "/v1/search?q=alibaba"),
        ("/v1/entities/{id}", "/v1/entities/alibaba"),
        ("/v1/entities/{id}/relations", "/v1/entities/alibaba/relations?limit=5"),
        ("/v1/entities/{id}/graph", "/v1/entities/t-head/graph"),
        ("/v1/connections", "/v1/connections?from=joe-tsai&to=apple"),
        ("/v1/claims", "/v1/claims?entity=bosch"),
        ("/v1/conflicts", "/v1/conflicts"),
        ("/v1/documents", "/v1/documents?limit=3"),
        ("/v1/ontology", "/v1/ontology"),
    ):
        answers = app.openapi()["paths"][route]["get"]["responses"]["200"]["content"]
        name = answers["application/json"]["schema"]["$ref"].rpartition("/")[2]
        found = client.get(path).json()
        read = getattr(classes, name.replace("_", "")).model_validate(found)
        assert read.model_dump(mode="json", by_alias=True, exclude_unset=True) == found, route


@cache
def classes_of(description: str) -> Any:
    """The classes that the generator makes out of a description; it takes long, and both engines have the same one."""
    with TemporaryDirectory() as folder:
        given, made = Path(folder) / "openapi.json", Path(folder) / "guanxi_client.py"
        given.write_text(description, encoding="utf-8")
        command = ["--input", str(given), "--input-file-type", "openapi", "--output", str(made)]
        command += ["--output-model-type", "pydantic_v2.BaseModel", "--extra-fields", "forbid", "--disable-timestamp"]
        subprocess.run([sys.executable, "-m", "datamodel_code_generator", *command], check=True, capture_output=True)
        return module(made)


def module(path: Path) -> Any:
    """The classes in a file."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = found
    spec.loader.exec_module(found)
    return found
