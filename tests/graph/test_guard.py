"""What guests may run, on every engine: all that reads, nothing else."""

import json
from pathlib import Path
from typing import Any

import pytest

from graph.burden import check_burden, check_patterns
from graph.engines import Engine, FulltextIndex, Schema
from graph.errors import QueryRefused, QuerySyntax, Unsupported
from graph.growth import check_growth
from graph.guard import Guard, Limits, check_words
from graph.hops import check_hops

CASES = Path(__file__).parents[1] / "cases"
HOSTILE = json.loads((CASES / "hostile.json").read_text(encoding="utf-8"))
READS = [case for case in json.loads((CASES / "cypher.json").read_text(encoding="utf-8"))["cases"] if not case["write"]]
NAMES_THAT_LOOK_LIKE_CLAUSES = [
    "MATCH (n) RETURN n.set, n.create AS create, n.`delete` AS `delete`",
    "MATCH (n:Set|Create) RETURN {set: 1, merge: n.merge, call: 2} AS remove",
    "WITH {x: 1} AS set RETURN set, set.x IS NULL AS load",
    "MATCH (n) WHERE n.text CONTAINS 'CREATE (m) SET m.x = 1 CALL dbms.listConfig()' RETURN n // DELETE n",
    "RETURN $create AS a, $set AS b",
    "MATCH (n:Show)-[r:USE|DROP]->(m) RETURN type(r)",
    "MATCH (n) /* SET n.x = 1; DROP */ RETURN n;",
    "WITH [1, 2] AS transactions UNWIND [1] AS x WITH x, transactions WHERE x IN transactions RETURN x",
    "RETURN date.truncate('month', date('2024-05-06')) AS a, duration.inDays(date('2024-01-01'), date()) AS b",
    "RETURN 'C:\\\\users' AS path, '\\u4e2d' AS text",
]


WORK_THAT_IS_BOUNDED = [
    "MATCH (n) WHERE n.name =~ '(?i).*an.*' RETURN n",
    "MATCH (n) WHERE n.name =~ '(?i)' + $create + '.*' RETURN n",
    "MATCH (n) WHERE n.name =~ ('[A-Z][a-z]{1,10}( [A-Z][a-z]+)?') RETURN n",
    "RETURN '2024-05' =~ '\\d{4}-(0[1-9]|1[0-2])' AS date, 'a.b' =~ '\\Qa.b\\E' AS text",
    "MATCH p = (a)-[*..2]-(b) RETURN [n IN nodes(p) | [l IN labels(n) WHERE l <> 'Entity']] AS labels",
    "MATCH p = (a)-[*..2]-(b) WHERE all(n IN nodes(p) WHERE any(x IN n.names WHERE x = 'Ann')) RETURN length(p) AS n",
    "MATCH p = (a)-[*..2]-(b) WHERE none(r IN relationships(p) WHERE any(x IN ['A'] WHERE x = type(r))) RETURN 1 AS n",
    "UNWIND range(1, 100000) AS x WITH x WHERE x % 5000 = 0 RETURN collect(x) AS xs",
    "WITH ['a', 'b'] AS l RETURN [i IN range(0, size(l) - 1) | l[i]] AS xs",
    "RETURN reduce(m = 0, x IN [3, 1, 2] | CASE WHEN x > m THEN x ELSE m END) AS most",
    "RETURN reduce(s = '', x IN ['a', 'b'] | s + x) AS text, [x IN [1, 2] WHERE x IN [2, 3]] AS both",
    "MATCH (n) WITH collect(n.name) AS a, collect(n.id) AS b RETURN [x IN a WHERE NOT x IN b] AS left, size(a) AS n",
    "MATCH (n) WITH collect(n.x) AS a RETURN [i IN range(0, size(a) - 2) | a[i + 1] - a[i]] AS steps",
    "MATCH (n) WITH collect(n.x) AS x RETURN [x IN x WHERE x = 1] AS ones",
    "MATCH (n) WITH collect(n.x) AS xs, avg(n.x) AS mean RETURN reduce(s = 0.0, x IN xs | s + (x - mean) ^ 2) AS s",
    "MATCH (n) WITH n, toLower(replace(replace(replace(n.name, 'a', 'b'), 'c', 'd'), ' ', '')) AS key RETURN key",
    "MATCH (a) WITH a, [(a)--(b) | b.name] AS near, [(a)-[*1..2]->(c) | c.id] AS far RETURN a {.id, near: near}, far",
    "MATCH (a) OPTIONAL MATCH (a)--(b) WITH a, collect(b) AS bs WITH collect({a: a, bs: bs}) AS all RETURN all",
    "MATCH (a) WHERE NOT (a)-->() AND NOT (a)<--() AND NOT EXISTS { (a)-[*1..5]-(:Nope) } RETURN a.id AS id",
    "MATCH p = shortestPath((a {id: 'x'})-[*..6]-(b {id: 'y'})) RETURN length(p) AS n",
    "RETURN reduce(m = {s: 0}, x IN [1, 2] | {s: m.s + x}) AS m, reduce(l = [], x IN [1] | l + [x]) AS l",
    "UNWIND $names AS name MATCH (n) WHERE toLower(n.name) CONTAINS toLower(name) RETURN collect(n.name) AS found",
    "MATCH (n) WHERE $text CONTAINS n.name AND n.id IN $names RETURN n.name AS name",
]
LONG = {"create": "an", "set": 2, "names": ["ann"] * 20_000, "text": "Ann and Bob. " * 10_000}
OF_ANOTHER_LANGUAGE = [
    "SELECT FROM Person",
    "SELECT FROM schema:types",
    "SELECT FROM #1:0",
    "DROP TYPE Person UNSAFE",
    "g.V().drop()",
    "{cypher: MATCH (n) RETURN n}",
    "MATCH {type: Person, as: p} RETURN p",
    "TRAVERSE out() FROM Person",
    "EXPORT DATABASE file:///tmp/x",
    "IMPORT DATABASE http://127.0.0.1:9/",
    "BACKUP DATABASE",
    "CHECK DATABASE FIX",
    "LET x = SELECT 1; RETURN $x",
    "RETURN 'x'.getClass().forName('java.lang.Runtime')",
    "RETURN ${java.lang.Runtime}",
    "RETURN `util.sleep`(100000)",
    "RETURN `vector.neighbors`('x', [1.0], 10)",
    "RETURN eval('1 + 1')",
    "RETURN sleep(100000)",
    ":source /etc/passwd",
]


@pytest.fixture
def guard(engine: Engine) -> Guard:
    engine.write(lambda tx: tx.run("CREATE (:Person {id: 'ann', name: 'Ann', x: 1})"))
    return Guard(engine)


def content(engine: Engine) -> list[tuple[object, ...]]:
    with engine.read("MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties") as rows:
        return list(rows)


def look(statement: str, parameters: dict[str, Any] | None = None) -> None:
    """Everything that is said of a statement before an engine sees it."""
    check_words(statement)
    check_burden(statement)
    check_hops(statement)
    check_patterns(statement, parameters)
    check_growth(statement, parameters)


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: case["statement"][:40])
def test_hostile_statements_are_refused_by_their_words(case: dict[str, Any]) -> None:
    with pytest.raises(QueryRefused) as refused:
        look(case["statement"], case.get("parameters"))
    assert refused.value.word == case["word"]
    if "line" in case:
        assert (refused.value.line, refused.value.column) == (case["line"], case["column"])


def test_hostile_statements_write_nothing(engine: Engine, guard: Guard) -> None:
    before = content(engine)
    for case in HOSTILE:
        with pytest.raises(QueryRefused):
            guard.check(case["statement"], case.get("parameters"))
    assert content(engine) == before


def test_what_the_words_let_through_the_engine_still_refuses(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second wall alone: the words are not looked at."""
    monkeypatch.setattr("graph.guard.check_words", lambda *_: None)
    guard = Guard(engine)
    before = content(engine)
    for statement in (
        "CREATE (n:Bad)",
        "MATCH (n) SET n.bad = 1",
        "MATCH (n) CALL { WITH n CREATE (:Bad) } RETURN n",
        "CREATE INDEX bad FOR (n:Bad) ON (n.bad)",
    ):
        with pytest.raises(QueryRefused):
            guard.check(statement)
    assert content(engine) == before


@pytest.mark.parametrize("statement", NAMES_THAT_LOOK_LIKE_CLAUSES)
def test_names_that_look_like_clauses_may_be_read(guard: Guard, statement: str) -> None:
    guard.check(statement, {"create": 1, "set": 2})


@pytest.mark.parametrize("statement", WORK_THAT_IS_BOUNDED)
def test_work_that_is_bounded_may_be_done(guard: Guard, engine: Engine, statement: str) -> None:
    guard.check(statement, LONG)
    with engine.read(statement, LONG) as result:
        list(result)


@pytest.mark.parametrize("statement", OF_ANOTHER_LANGUAGE)
def test_no_other_language_is_spoken(guard: Guard, engine: Engine, statement: str) -> None:
    before = content(engine)
    with pytest.raises((QueryRefused, QuerySyntax)):
        guard.check(statement)
    assert content(engine) == before


@pytest.mark.parametrize(
    ("statement", "harmful", "harmless"),
    [
        ("MATCH (n) WHERE n.name =~ $given RETURN n", "(a+)+b", "A.*"),
        ("MATCH (n) WITH collect(n.x) AS l RETURN [x IN l WHERE $given <> [x]] AS found", [0] * 1001, [0]),
    ],
)
def test_parameters_are_looked_at_each_time_they_are_given(
    guard: Guard, statement: str, harmful: object, harmless: object
) -> None:
    for _ in range(2):
        with pytest.raises(QueryRefused):
            guard.check(statement, {"given": harmful})
        guard.check(statement, {"given": harmless})
        assert not guard.permits(statement)


def test_what_parameters_cannot_spoil_is_permitted_at_once(guard: Guard) -> None:
    statement = "MATCH (n:Person {id: $id}) RETURN n.name AS name"
    assert not guard.permits(statement)
    guard.check(statement, {"id": "ann"})
    assert guard.permits(statement)


def test_texts_of_backslashes_are_read() -> None:
    """A run of them is read once, not once from each of its places: that kept the whole service for half a minute."""
    check_words("RETURN '" + "\\\\" * 14_000 + "' AS text")
    check_words("RETURN [" + "'\\\\u', " * 1_900 + "1] AS texts")
    with pytest.raises(QueryRefused):
        check_words("RETURN '" + "\\\\" * 7_000 + "\\u0027' AS text")


@pytest.mark.parametrize("case", READS, ids=lambda case: case["name"])
def test_every_statement_that_reads_is_allowed(guard: Guard, engine: Engine, case: dict[str, Any]) -> None:
    engine.ensure_schema(Schema(1, fulltext=(FulltextIndex("titles", ("Book",), ("title",)),)))
    if case.get("refused"):
        with pytest.raises((Unsupported, QueryRefused)):
            guard.check(case["statement"], case.get("parameters"))
    elif case.get("guard") == "refused":
        with pytest.raises(QueryRefused):
            guard.check(case["statement"], case.get("parameters"))
    elif not case.get("error"):
        guard.check(case["statement"], case.get("parameters"))


def test_a_verdict_is_remembered_and_forgotten(engine: Engine) -> None:
    guard = Guard(engine, remembered=2)
    for _ in range(2):
        for number in range(4):
            guard.check(f"RETURN {number} AS n")
        with pytest.raises(QueryRefused) as refused:
            guard.check("CREATE (n)")
        assert refused.value.column == 1


@pytest.mark.parametrize(
    "statement",
    [
        "RETURN " + "CASE WHEN true THEN " * 11 + "1" + " END" * 11,
        "RETURN " + "NOT " * 101 + "true",
        "MATCH (n) WHERE " + "EXISTS { MATCH (n) WHERE " * 9 + "true" + " }" * 9 + " RETURN n",
        "RETURN " + "1 + " * 10_000 + "1",
        "RETURN " + "(" * 200 + "1" + ")" * 200,
        "RETURN '" + "x" * 40_000 + "'",
    ],
    ids=["cases", "negations", "subqueries", "pieces", "depth", "length"],
)
def test_statements_too_long_or_too_deep_are_refused(statement: str) -> None:
    with pytest.raises(QueryRefused):
        check_words(statement)


def test_limits_can_be_set() -> None:
    with pytest.raises(QueryRefused):
        check_words("RETURN 1 AS number", Limits(characters=10))


@pytest.mark.parametrize(
    ("statement", "column"),
    [("RETURN 'open", 8), ("MATCH (`n) RETURN n", 8), ("RETURN 1 /* open", 10), ("MATCH （n）", 7)],
)
def test_what_does_not_end_is_a_syntax_error(statement: str, column: int) -> None:
    with pytest.raises(QuerySyntax) as error:
        check_words(statement)
    assert (error.value.line, error.value.column) == (1, column)


@pytest.mark.parametrize(
    "statement", ["MATHC (n) RETURN n", "MATCH (n RETURN n", "RETURN unknown", "RETURN nofunction(1)"]
)
def test_a_slip_is_a_syntax_error_in_the_engines_words(guard: Guard, statement: str) -> None:
    with pytest.raises(QuerySyntax):
        guard.check(statement)
