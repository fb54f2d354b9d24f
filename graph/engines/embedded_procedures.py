"""Procedures that the embedded engine has otherwise than Neo4j, made alike: named full-text indexes, property keys."""

from __future__ import annotations

from typing import Any

import jpype

from graph.engines.embedded_schema import fulltext_indexes
from graph.engines.java_values import labels
from graph.engines.jvm import Java, java

_FULLTEXT = "db.index.fulltext.queryNodes"
_PROPERTY_KEYS = "db.propertyKeys"
# Nothing but the records knows all keys.
_ALL_KEYS = (
    "MATCH (n) UNWIND keys(n) AS propertyKey RETURN DISTINCT propertyKey "
    "UNION MATCH ()-[r]->() UNWIND keys(r) AS propertyKey RETURN DISTINCT propertyKey"
)
_LABELS = "db.labels"
_TYPES = "db.relationshipTypes"
_installed: list[Any] = []


def install() -> None:
    """Put ours in the place of the engine's own, once a process."""
    if _installed:
        return
    registry = java("com.arcadedb.query.opencypher.procedures.CypherProcedureRegistry")
    interface = java("com.arcadedb.query.opencypher.procedures.CypherProcedure")
    for kind in (_FulltextQuery, _PropertyKeys, _LabelsInUse, _TypesInUse):
        proxy = jpype.JProxy(interface, inst=kind(registry.get(kind.name)))
        _installed.append(proxy)
        registry.registerOrReplace(proxy)


class _Procedure:
    """A procedure that is the engine's own in all but what it gives; the names of the methods are Java's."""

    name = ""

    def __init__(self, original: Java) -> None:
        self._original = original
        self._clock = java("com.arcadedb.query.sql.executor.WorkGuard")

    def execute(self, arguments: Java, row: Java, context: Java, _wanted: Java = None) -> Java:
        # Called for each of a million rows it is the only one that could look at the statement's clock.
        self._clock.forCommandDeadline(context).check()
        return self.rows(arguments, row, context)

    def rows(self, arguments: Java, row: Java, context: Java) -> Java:
        """The rows of one call."""
        raise NotImplementedError

    def getName(self) -> str:  # noqa: N802
        return self.name

    def getMinArgs(self) -> int:  # noqa: N802
        return int(self._original.getMinArgs())

    def getMaxArgs(self) -> int:  # noqa: N802
        return int(self._original.getMaxArgs())

    def getDescription(self) -> Java:  # noqa: N802
        return self._original.getDescription()

    def getYieldFields(self) -> Java:  # noqa: N802
        return self._original.getYieldFields()

    def checkArity(self, arguments: Java) -> None:  # noqa: N802
        self._original.checkArity(arguments)

    def validateArgs(self, arguments: Java) -> None:  # noqa: N802
        self._original.validateArgs(arguments)

    def isWriteProcedure(self, *_: Java) -> bool:  # noqa: N802
        return False


class _FulltextQuery(_Procedure):
    """Full-text search by an index's own name, over all its labels."""

    name = _FULLTEXT

    def rows(self, arguments: Java, row: Java, context: Java) -> Java:
        asked, *rest = list(arguments)
        if "[" in str(asked):
            return self._original.execute(arguments, row, context)
        names = fulltext_indexes(context.getDatabase()).get(str(asked))
        if names is None:
            raise java("java.lang.IllegalArgumentException")(f"There is no such fulltext schema index: {asked}")
        found = java("java.util.LinkedHashMap")()
        for name in names:
            values = jpype.JArray(jpype.JObject)([java("java.lang.String")(name), *rest])
            for result in list(self._original.execute(values, row, context).toList()):
                found.putIfAbsent(result.getProperty("node"), result)
        ranked = sorted(found.values(), key=lambda result: -float(result.getProperty("score")))
        return java("java.util.ArrayList")(ranked).stream()


class _PropertyKeys(_Procedure):
    """Every property key in use."""

    name = _PROPERTY_KEYS

    def rows(self, _arguments: Java, _row: Java, context: Java) -> Java:
        return context.getDatabase().query("opencypher", _ALL_KEYS).stream().toList().stream()


class _InUse(_Procedure):
    """Names of which the graph holds at least one element; the engine's own list keeps those of what was deleted."""

    field = ""
    element = ""

    def rows(self, _arguments: Java, _row: Java, context: Java) -> Java:
        database = context.getDatabase()
        element = java(self.element)
        kinds = (kind for kind in database.getSchema().getTypes() if isinstance(kind, element))
        names = {
            name
            for kind in kinds
            if database.countType(kind.getName(), False)
            for name in self.names(str(kind.getName()))
        }
        rows = java("java.util.ArrayList")()
        for name in sorted(names):
            row = java("com.arcadedb.query.sql.executor.ResultInternal")()
            row.setProperty(self.field, name)
            rows.add(row)
        return rows.stream()

    def names(self, type_name: str) -> tuple[str, ...]:
        return (type_name,)


class _LabelsInUse(_InUse):
    """Every label in use."""

    name, field, element = _LABELS, "label", "com.arcadedb.schema.VertexType"

    def names(self, type_name: str) -> tuple[str, ...]:
        return labels(type_name)


class _TypesInUse(_InUse):
    """Every relationship type in use."""

    name, field, element = _TYPES, "relationshipType", "com.arcadedb.schema.EdgeType"
