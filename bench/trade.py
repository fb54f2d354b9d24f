"""A made-up graph of companies that trade, of which every answer can be worked out without asking a database."""

import random
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.engines import open_engine
from graph.engines.engine import Schema, Transaction
from graph.schema import SCHEMA_VERSION
from graph.settings import Settings

BATCH = 5000
NODES = "UNWIND $rows AS row CREATE (c:Firm) SET c.id = row.id, c.name = row.name, c.founded = row.founded"
EDGES = (
    "UNWIND $rows AS row MATCH (a:Firm {id: row.from}) MATCH (b:Firm {id: row.to}) "
    "CREATE (a)-[:TRADES_WITH {since: row.since, status: row.status, documents: row.documents}]->(b)"
)
AROUND = 100  # what each of the hubs trades with
STATUSES = ("active", "ended", "announced")


@dataclass(frozen=True)
class Trade:
    """So many companies, the first of which are hubs with 100 partners each; `trades` are (from, to)."""

    companies: int
    hubs: int
    trades: tuple[tuple[int, int], ...]
    _partners: dict[int, set[int]] = field(repr=False, compare=False, default_factory=dict)

    @classmethod
    def of(cls, scale: float) -> "Trade":
        """20,000 companies with 100,000 trades at a scale of 1; the same for the same scale."""
        chance = random.Random(3)
        companies = max(1000, round(20_000 * scale))
        hubs = companies // 50
        trades: dict[tuple[int, int], None] = {}
        for hub in range(hubs):
            for other in chance.sample(range(hubs, companies), AROUND):
                trades[hub, other] = None
        while len(trades) < companies * 5:
            one, other = chance.sample(range(hubs, companies), 2)
            trades[one, other] = None
        partners: dict[int, set[int]] = defaultdict(set)
        for one, other in trades:
            partners[one].add(other)
            partners[other].add(one)
        return cls(companies, hubs, tuple(trades), dict(partners))

    def id(self, number: int) -> str:
        """The id of a company."""
        return f"company-{number}"

    def name(self, number: int) -> str:
        """Its name."""
        return f"Company {number} Trading"

    def last_partner(self, hub: int) -> int:
        """One of a hub's partners."""
        return max(self._partners[hub])

    def hops(self, one: int, other: int) -> int | None:
        """How many trades lie between two companies at the least; None where nothing leads from one to the other."""
        seen, queue = {one}, deque([(one, 0)])
        while queue:
            here, far = queue.popleft()
            if here == other:
                return far
            for there in self._partners.get(here, ()):
                if there not in seen:
                    seen.add(there)
                    queue.append((there, far + 1))
        return None


def fill(settings: Settings, trade: Trade) -> None:
    """Write it into an empty graph. It has a label of its own: what ours derives from claims is made and unmade."""
    engine = open_engine(settings)
    engine.ensure_schema(Schema(SCHEMA_VERSION, indexes=(("Firm", "id"),)))
    for statement, rows in ((NODES, list(_nodes(trade))), (EDGES, list(_edges(trade)))):
        for start in range(0, len(rows), BATCH):
            part = rows[start : start + BATCH]

            def work(tx: Transaction, statement: str = statement, part: list[dict[str, object]] = part) -> None:
                tx.run(statement, {"rows": part})

            engine.write(work)
    engine.close()


def _nodes(trade: Trade) -> Iterator[dict[str, object]]:
    for number in range(trade.companies):
        yield {"id": trade.id(number), "name": trade.name(number), "founded": 1950 + number % 75}


def _edges(trade: Trade) -> Iterator[dict[str, object]]:
    for number, (one, other) in enumerate(trade.trades):
        yield {
            "from": trade.id(one),
            "to": trade.id(other),
            "since": f"{1990 + number % 36}-{1 + number % 12:02}",
            "status": STATUSES[number % 3],
            "documents": 1 + number % 9,
        }
