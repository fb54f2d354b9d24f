"""What the first visitor asks for, asked once beforehand: a database compiles a statement when it first meets it."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from graph.entities import Surroundings
from graph.errors import GuanxiError
from graph.evidence import ClaimFilter
from graph.ontology import Ontology
from graph.pinyin import pronounced
from graph.store import Store
from graph.view import View

HEAD_START_S = 0.5  # for those who waited for the service to start: they are answered first
log = logging.getLogger("guanxi")
# The page's own words and limits (explorer/src/controls); a test keeps them so.
BUSIEST = "MATCH (e:Entity)--() RETURN e.id AS id, count(*) AS relations ORDER BY relations DESC LIMIT 1"
NEIGHBOURS = Surroundings(depth=2, limit=70)
STATED = 1000


@contextmanager
def warming(store: Store) -> Iterator[None]:
    """Ask in a thread beside the service; the block is left only when it is done with the store."""
    left = threading.Event()

    def soon() -> None:
        if not left.wait(HEAD_START_S):
            warm(store)

    thread = threading.Thread(target=soon, name="warming")
    thread.start()
    try:
        yield
    finally:
        left.set()
        thread.join()


def warm(store: Store) -> None:
    """Ask what the page shows first. A graph that cannot answer now is no reason not to serve it."""
    pronounced("关系")  # the dictionary is large
    view = View(store.engine, store.ontology)
    try:
        for id_, _ in store.rows(BUSIEST):
            view.neighbourhood(str(id_), NEIGHBOURS)
        view.claims(ClaimFilter(status=not_asserted(store.ontology)), limit=STATED)
        view.conflicts()
    except GuanxiError as error:
        log.warning("the first questions could not be asked beforehand: %s", error)


def not_asserted(ontology: Ontology) -> tuple[str, ...]:
    """Statuses of what documents say without asserting it."""
    return tuple(status for status in ontology.statuses if not ontology.asserted(status))
