"""Commands that look things up: search, entity, connections, claims, conflicts, documents."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import quote

import typer

from graph.errors import Ambiguous, NotFound
from guanxi import output
from guanxi.session import ProblemError, Session, session

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Limit = Annotated[int, typer.Option(help="The most results.", min=1, max=1000)]
AsOf = Annotated[str | None, typer.Option(help="As it stood on a date: 2024, 2024-05 or 2024-05-06.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("search")(search_command)
    app.command("entity")(entity_command)
    app.command("connections")(connections_command)
    app.command("claims")(claims_command)
    app.command("conflicts")(conflicts_command)
    app.command("documents")(documents_command)


def search_command(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A name in any script, pinyin, the beginning of one, or nearly one.")],
    kind: Annotated[str | None, typer.Option(help="Only person, company, product or partnership.")] = None,
    limit: Limit = 10,
    as_json: Json = False,
) -> None:
    """Find entities by any of their names."""
    with session(context.obj) as graph:
        found = graph.get("/v1/search", q=name, kind=kind, limit=limit)
    if as_json:
        output.data(found)
        return
    rows = [
        [i["entity"]["id"], i["entity"]["name"], ", ".join(i["entity"]["kinds"]), i["matched"], i["why"]]
        for i in found["items"]
    ]
    output.table(["id", "name", "kinds", "matched", "why"], rows)


def find(graph: Session, text: str) -> str:
    """The id of the entity that a person means by an id or a name. Raises NotFound or Ambiguous with the candidates."""
    try:
        if "/" not in text:  # no id holds one, and an address would end there
            return str(graph.get(f"/v1/entities/{quote(text, safe='')}")["id"]) if text else ""
    except ProblemError as error:
        if error.status not in (404, 409):
            raise
    items = graph.get("/v1/search", q=text, limit=5)["items"]
    exact = [item for item in items if item["why"] in ("exact", "pinyin")] or items
    ids = [item["entity"]["id"] for item in exact]
    if not ids:
        raise NotFound(f"the graph holds nothing called {text!r}")
    if len(ids) > 1:
        named = "; ".join(f"{item['entity']['id']} ({item['entity']['name']})" for item in exact)
        raise Ambiguous(f"{text!r} may be any of: {named}", ids)
    return str(ids[0])


def entity_command(
    context: typer.Context,
    entity: Annotated[str, typer.Argument(help="An id or a name.")],
    predicate: Annotated[str | None, typer.Option(help="Only relations of this predicate.")] = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Show an entity: its names, and its relations with what they stand on."""
    with session(context.obj) as graph:
        id_ = find(graph, entity)
        about = graph.get(f"/v1/entities/{id_}")
        relations = graph.get(f"/v1/entities/{id_}/relations", predicate=predicate, as_of=as_of, limit=200)
    if as_json:
        output.data({**about, "relations": relations["items"]})
        return
    output.line(about["name"], "bold")
    names = about["names"]
    spoken = {lang: ", ".join(texts) for lang, texts in names.items()} if isinstance(names, Mapping) else {"": names}
    output.fields({"id": about["id"], "kinds": ", ".join(about["kinds"]), **spoken})
    output.line()
    output.table(["", "relation", "", "status", "since", "until", "claims"], [_relation(r) for r in relations["items"]])


def _relation(relation: Mapping[str, Any]) -> Sequence[Any]:
    role = relation["attributes"].get("role")
    predicate = f"{relation['predicate']} ({role})" if role else relation["predicate"]
    status = relation.get("status") or ""
    dates = (relation.get("since"), relation.get("until"))
    return [relation["from"]["name"], predicate, relation["to"]["name"], status, *dates, _number(relation["claims"])]


def _number(claims: Sequence[object] | int) -> int:
    return claims if isinstance(claims, int) else len(claims)


def connections_command(
    context: typer.Context,
    start: Annotated[str, typer.Argument(metavar="A", help="An id or a name.")],
    end: Annotated[str, typer.Argument(metavar="B", help="An id or a name.")],
    max_hops: Annotated[int, typer.Option(help="The most steps between them.", min=1, max=6)] = 4,
    predicate: Annotated[str | None, typer.Option(help="Only through relations of this predicate.")] = None,
    as_of: AsOf = None,
    limit: Limit = 5,
    as_json: Json = False,
) -> None:
    """Show how two entities are connected, best evidence first, with the quotes of each step."""
    with session(context.obj) as graph:
        asked = {"max_hops": max_hops, "predicate": predicate, "as_of": as_of, "limit": limit}
        asked |= {"from": find(graph, start), "to": find(graph, end)}
        found = graph.get("/v1/connections", **asked)
    if as_json:
        output.data(found)
        return
    if not found["items"]:
        output.line(f"the graph holds no way from {start} to {end} within {max_hops} steps")
    for number, way in enumerate(found["items"], start=1):
        _print_way(number, way)


def _print_way(number: int, way: Mapping[str, Any]) -> None:
    output.line(f"{number}.", "bold")
    for hop in way["hops"]:
        relation = hop.get("relation", hop)
        left, right = relation["from"]["name"], relation["to"]["name"]
        output.line(f"   {left} —{relation['predicate']}→ {right}")
        for claim in hop["claims"][:2]:
            if isinstance(claim, Mapping):
                output.line(f"      “{claim['quote']}” — {claim['document']['title']}", "dim")


def claims_command(
    context: typer.Context,
    subject: Annotated[str | None, typer.Option(help="An id or a name.")] = None,
    object_: Annotated[str | None, typer.Option("--object", help="An id or a name.")] = None,
    predicate: Annotated[str | None, typer.Option(help="Only this predicate.")] = None,
    status: Annotated[str | None, typer.Option(help="Only this status.")] = None,
    document: Annotated[str | None, typer.Option(help="Only of this document.")] = None,
    limit: Limit = 50,
    as_json: Json = False,
) -> None:
    """List claims with their quotes."""
    with session(context.obj) as graph:
        ends = {name: find(graph, given) for name, given in (("subject", subject), ("object", object_)) if given}
        found = graph.get("/v1/claims", **ends, predicate=predicate, status=status, document=document, limit=limit)
    if as_json:
        output.data(found)
        return
    for claim in found["items"]:
        status_ = f" [{claim['status']}]" if claim.get("status") else ""
        output.line(f"{claim['subject']['name']} {claim['predicate']} {claim['object']['name']}{status_}", "bold")
        output.line(f"   “{claim['quote']}” — {claim['document']['title']}", "dim")


def conflicts_command(context: typer.Context, limit: Limit = 50, as_json: Json = False) -> None:
    """List claims that cannot all be true, side by side."""
    with session(context.obj) as graph:
        found = graph.get("/v1/conflicts", limit=limit)
    if as_json:
        output.data(found)
        return
    for conflict in found["items"]:
        names = ", ".join(entity["name"] for entity in conflict["entities"])
        output.line(" ".join(filter(None, (names, conflict["predicate"], conflict["about"]))), "bold")
        for side in conflict["sides"]:
            output.line(f"  {side['says']}")
            for claim in side["claims"]:
                output.line(f"    “{claim['quote']}” — {claim['document']['title']}", "dim")


def documents_command(context: typer.Context, limit: Limit = 100, as_json: Json = False) -> None:
    """List the documents that the graph stands on."""
    with session(context.obj) as graph:
        found = graph.get("/v1/documents", limit=limit)
    if as_json:
        output.data(found)
        return
    rows = [[d["id"], d.get("date"), d.get("language"), d.get("claims"), d["title"]] for d in found["items"]]
    output.table(["id", "date", "language", "claims", "title"], rows)
