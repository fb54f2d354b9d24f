"""Two engines behind one contract: Neo4j over Bolt, and ArcadeDB inside this process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.engines.engine import Engine, EngineInfo, FulltextIndex, Plan, Result, Schema, Stop, Transaction

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.settings import Settings

__all__ = [
    "Engine",
    "EngineInfo",
    "FulltextIndex",
    "Plan",
    "Result",
    "Schema",
    "Stop",
    "Transaction",
    "engine_for",
    "open_engine",
]


def open_engine(settings: Settings) -> Engine:
    """The engine that `settings.graph` names: a folder is opened in this process, an address is connected to.

    Raises EngineUnavailable where it cannot be used, Conflict where another process holds the folder.
    """
    return engine_for(settings)(settings)


def engine_for(settings: Settings) -> Callable[[Settings], Engine]:
    """What opens the engine of the settings, with its driver imported and nothing opened yet."""
    # Each engine brings a large driver with it; only the one in use is imported.
    if settings.embedded:
        from graph.engines.embedded import EmbeddedEngine  # noqa: PLC0415

        return EmbeddedEngine.open
    from graph.engines.bolt import BoltEngine  # noqa: PLC0415

    return BoltEngine.connect
