"""What the service is told when it is made; read from the environment by the command line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import BadSettings

PAGE = Path(__file__).parents[1] / "explorer" / "dist"


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that a request may set: what holds where it sets none, and the most it may ask for."""

    default: float
    ceiling: float

    def of(self, asked: float | None) -> float:
        """What holds for a request that asks for this much."""
        return self.default if asked is None else min(asked, self.ceiling)


@dataclass(frozen=True, slots=True)
class CypherLimits:
    """Limits on one guest statement: rows, seconds, bytes of the answer, characters of the statement, bytes of the
    body that it comes in with its parameters, values in these.
    """

    rows: Limit = Limit(1000, 100_000)
    seconds: Limit = Limit(10, 60)
    answer_bytes: int = 64 << 20
    statement_characters: int = 30_000
    body_bytes: int = 2 << 20
    parameter_values: int = 200_000
    at_once: int = 8


@dataclass(frozen=True, slots=True)
class ServiceSettings:
    """Where the page is, who may call from other origins, how large and how many requests and answers may be.

    requests_a_minute: for each caller, 0 for as many as they like. audit: the file of the audit log, None for none.
    """

    page: Path | None = PAGE
    origins: tuple[str, ...] = ()
    body_bytes: int = 32 << 20
    cypher: CypherLimits = field(default_factory=CypherLimits)
    requests_a_minute: int = 0
    audit: Path | None = None

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "ServiceSettings":
        """Settings as the GUANXI_* variables give them; an empty variable counts as not set."""
        said = {name: value for name, value in environ.items() if value}
        page = said.get("GUANXI_PAGE")
        return cls(
            page=Path(page) if page else PAGE,
            origins=tuple(origin for origin in said.get("GUANXI_ORIGINS", "").replace(",", " ").split() if origin),
            body_bytes=_number(said, "GUANXI_BODY_BYTES", 32 << 20),
            cypher=CypherLimits(
                rows=Limit(1000, _number(said, "GUANXI_CYPHER_ROWS", 100_000)),
                seconds=Limit(10, _number(said, "GUANXI_CYPHER_SECONDS", 60)),
                answer_bytes=_number(said, "GUANXI_CYPHER_BYTES", 64 << 20),
                body_bytes=_number(said, "GUANXI_CYPHER_BODY_BYTES", 2 << 20),
            ),
            audit=Path(said["GUANXI_AUDIT"]) if "GUANXI_AUDIT" in said else None,
            requests_a_minute=_number(said, "GUANXI_REQUESTS_A_MINUTE", 0),
        )


def _number(said: Mapping[str, str], name: str, default: int) -> int:
    value = said.get(name)
    if value is None:
        return default
    if not value.isdecimal():
        raise BadSettings(name, f"give a whole number, not {value!r}")
    return int(value)
