"""What several entities have in common."""

from collections.abc import Sequence

from graph.reader import Reader
from graph.readings import Ref, Shared


def common(reader: Reader, ids: Sequence[str], limit: int = 50) -> tuple[Shared, ...]:
    """The entities that all of these have relations with, those told of by most documents first."""
    wanted = list(dict.fromkeys(ids))
    words = {"types": "|".join(reader.predicates)}
    row = reader.one("entities_common", {"ids": wanted, "limit": limit}, **words)
    shared: list[str] = row[0] if row else []
    links = reader.links("relations_between_two", {"ids": wanted, "others": shared, "as_of": None}, reader.predicates)
    refs: dict[str, Ref] = {ref.id: ref for link in links for ref in (link.start, link.end)}
    return tuple(
        Shared(refs[id_], tuple(link for link in links if id_ in (link.start.id, link.end.id))) for id_ in shared
    )
