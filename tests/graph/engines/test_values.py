"""What is written comes back the same, on every engine; and every value has a form in JSON."""

import json
import math
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.engines import Engine
from graph.errors import BadInput
from graph.values import Node, Path, Point, Relationship, Temporal, duration, from_python, temporal, to_json

WHOLE = st.integers(min_value=-(2**63), max_value=2**63 - 1)
FLOATS = st.floats(allow_nan=False)
# Neither engine keeps half of a pair of surrogates, nor a zero byte in the middle of an index.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
DATES = st.dates(min_value=date(1, 1, 1)).map(from_python)
FRACTIONS = st.integers(min_value=0, max_value=999_999_999)
ZONES = st.sampled_from(["Z", "+08:00", "-03:30", "+00:01"])


def clock(moment: time, nanoseconds: int) -> str:
    return f"{moment:%H:%M:%S}.{nanoseconds:09d}"


TIMES = st.builds(lambda t, ns, zone: temporal("time", clock(t, ns) + zone), st.times(), FRACTIONS, ZONES)
LOCAL_TIMES = st.builds(lambda t, ns: temporal("localtime", clock(t, ns)), st.times(), FRACTIONS)
YEARS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))
LOCAL = st.builds(
    lambda d, t, ns: temporal("localdatetime", f"{d}T{clock(t, ns)}"),
    st.dates(
        min_value=date(1678, 1, 1), max_value=date(2261, 12, 31)
    ),  # what the embedded engine can keep: docs/engines.md
    st.times(),
    FRACTIONS,
)
MOMENTS = st.builds(
    lambda d, t, ns, z: temporal("datetime", f"{d}T{clock(t, ns)}{z}"), YEARS, st.times(), FRACTIONS, ZONES
)
SMALL = st.integers(min_value=-10_000, max_value=10_000)
DURATIONS = st.builds(duration, SMALL, SMALL, SMALL, st.integers(min_value=0, max_value=999_999_999))
AXES = st.floats(min_value=-80, max_value=80, allow_subnormal=False)
POINTS = st.one_of(
    st.builds(lambda x, y: Point(7203, x, y), AXES, AXES),
    st.builds(lambda x, y, z: Point(9157, x, y, z), AXES, AXES, AXES),
    st.builds(lambda x, y: Point(4326, x, y), AXES, AXES),
)
SCALARS = st.one_of(st.booleans(), WHOLE, FLOATS, TEXT, DATES, TIMES, LOCAL_TIMES, LOCAL, MOMENTS, DURATIONS, POINTS)
# A property holds one value or a list of one kind; a parameter that only comes back may be nested.
PROPERTIES = st.one_of(
    SCALARS, *(st.lists(kind, max_size=4) for kind in (st.booleans(), WHOLE, FLOATS, TEXT, DATES, MOMENTS))
)
NESTED = st.recursive(
    st.none() | SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT.filter(bool), inner, max_size=3),
    max_leaves=8,
)
FEW = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def same(left: Any, right: Any) -> bool:
    """Equal, and of the same types all through."""
    if type(left) is not type(right):
        return False
    if isinstance(left, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    return bool(left == right)


@FEW
@given(value=NESTED)
def test_a_parameter_comes_back(shared_engine: Engine, value: Any) -> None:
    with shared_engine.read("RETURN $value AS value", {"value": value}) as rows:
        [(found,)] = rows
    assert same(found, value)


@FEW
@given(properties=st.lists(PROPERTIES, min_size=1, max_size=4))
def test_properties_come_back(shared_engine: Engine, properties: list[Any]) -> None:
    named = {f"p{index}": value for index, value in enumerate(properties)}

    def write(tx: Any) -> None:
        tx.run("MATCH (n:Kept) DELETE n")
        tx.run("CREATE (n:Kept) SET n = $properties", {"properties": named})

    shared_engine.write(write)
    with shared_engine.read("MATCH (n:Kept) RETURN n, properties(n) AS map, n.p0 AS one") as rows:
        [(node, found, one)] = rows
    assert same(found, named)
    assert same(dict(node.properties), named)
    assert same(one, named["p0"])


def test_a_zone_by_its_name_comes_back(engine: Engine) -> None:
    moments = [
        Temporal("datetime", "2024-07-05T10:20:00.123456789+08:00[Asia/Shanghai]"),
        Temporal("datetime", "2024-10-27T02:30:00+01:00[Europe/Paris]"),  # the second of two half past twos
    ]
    with engine.read("RETURN $moments AS moments", {"moments": moments}) as rows:
        assert list(rows) == [(moments,)]


@pytest.mark.parametrize(
    "value",
    [
        {"x": "a", "y": 1, "crs": "cartesian", "srid": 7203},
        {"x": None, "y": None, "crs": "cartesian", "srid": 7203},
        {"x": 1, "y": [2], "crs": 1, "srid": 7203},
        {"x": 1, "y": 2, "z": "high", "crs": "cartesian-3D", "srid": 9157},
    ],
)
def test_a_map_that_only_resembles_a_point_comes_back(engine: Engine, value: dict[str, Any]) -> None:
    with engine.read("RETURN $value AS value, [$value] AS list", {"value": value}) as rows:
        assert list(rows) == [(value, [value])]


def test_floats_that_are_no_numbers_come_back(engine: Engine) -> None:
    with engine.read("RETURN $l AS l", {"l": [float("inf"), float("-inf"), float("nan")]}) as rows:
        [([above, below, none],)] = rows
    assert (above, below) == (float("inf"), float("-inf"))
    assert math.isnan(none)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2024, 2, 29), Temporal("date", "2024-02-29")),
        (datetime(2024, 2, 29, 10, 20, 30, 500000), Temporal("localdatetime", "2024-02-29T10:20:30.500")),  # noqa: DTZ001
        (datetime(2024, 2, 29, 10, 20, tzinfo=UTC), Temporal("datetime", "2024-02-29T10:20:00Z")),
        (time(10, 20), Temporal("localtime", "10:20:00")),
        (timedelta(days=2, hours=1), Temporal("duration", "P2DT1H")),
    ],
)
def test_dates_of_python_are_parameters(engine: Engine, value: Any, expected: Temporal) -> None:
    with engine.read("RETURN $value AS value", {"value": value}) as rows:
        assert list(rows) == [(expected,)]


@pytest.mark.parametrize(
    "value", [2**63, -(2**63) - 1, object(), {1: 2}, Temporal("date", "soon"), [{"deep": 2**80}], 1j]
)
def test_what_no_graph_holds_is_refused_before_it_is_sent(engine: Engine, value: Any) -> None:
    with pytest.raises(BadInput):
        engine.read("RETURN $value AS value", {"value": value})


def test_durations_keep_each_sign() -> None:
    assert duration(14, 0, -90, 0).text == "P1Y2MT-1M-30S"
    assert duration(0, 0, 0, 0).text == "PT0S"
    assert duration(0, 0, -1, 500_000_000).text == "PT-0.5S"


DAY = Temporal("date", "2024-01-01")
JSON_CASES: list[tuple[Any, Any]] = [
    (None, None),
    (2**53 - 1, 2**53 - 1),
    ({"a": [1, {"b": b"\x00\xff"}]}, {"a": [1, {"b": {"@bytes": "AP8="}}]}),
    ([float("nan"), float("inf"), float("-inf"), 1.5], ["NaN", "Infinity", "-Infinity", 1.5]),
    (Temporal("duration", "P1D"), "P1D"),
    (Point(4326, 12.5, 41.9), {"@point": "wgs-84", "srid": 4326, "x": 12.5, "y": 41.9}),
    (Node("1", ("A", "B"), {"x": 1}), {"@node": "1", "labels": ["A", "B"], "properties": {"x": 1}}),
    (
        Path((Node("1", (), {}), Relationship("7", "R", "1", "2", {"d": DAY}), Node("2", (), {}))),
        {
            "@path": [
                {"@node": "1", "labels": [], "properties": {}},
                {"@relationship": "7", "type": "R", "from": "1", "to": "2", "properties": {"d": "2024-01-01"}},
                {"@node": "2", "labels": [], "properties": {}},
            ]
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize(("value", "expected"), JSON_CASES)
def test_json(value: Any, expected: Any) -> None:
    assert to_json(value) == expected
    json.dumps(to_json(value), allow_nan=False)


def test_large_integers_travel_as_asked() -> None:
    assert to_json([2**53, 2**53 - 1, True], "string") == [str(2**53), 2**53 - 1, True]
    assert to_json(2**63 - 1, "number") == 2**63 - 1


def test_what_is_no_value_has_no_json() -> None:
    with pytest.raises(TypeError):
        to_json(object())
