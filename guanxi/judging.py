"""The command `resolve`: which names are one: review proposals, list judgements, record and take back."""

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import quote

import typer

from guanxi import output
from guanxi.session import Session, session

Reason = Annotated[str, typer.Option(help="Why; it is kept with the judgement.")]
Author = Annotated[str, typer.Option(help="Who judges.", envvar="USER")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would change, and record nothing.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Names = Annotated[list[str], typer.Argument(help="Two entities, each an id or a name.", min=2)]

resolve = typer.Typer(help="Decide which names are one entity.", no_args_is_help=True, rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(resolve, name="resolve")


@resolve.command("suggest")
def suggest(
    context: typer.Context,
    limit: Annotated[int, typer.Option(help="The most pairs.", min=1, max=1000)] = 20,
    as_json: Json = False,
) -> None:
    """List pairs that may be one entity, with the reasons."""
    with session(context.obj) as graph:
        found = graph.get("/v1/judgements/suggestions", limit=limit)
    if as_json:
        output.data(found)
        return
    rows = [
        [
            f"{i['score']:.2f}",
            i["left"]["id"],
            i["left"]["name"],
            i["right"]["id"],
            i["right"]["name"],
            "; ".join(i["reasons"]),
        ]
        for i in found["items"]
    ]
    output.table(["score", "id", "name", "id", "name", "reasons"], rows)


@resolve.command("review")
def review(context: typer.Context, author: Author = "") -> None:
    """Go through the pairs one by one: y they are one, n they are not, u none can tell, s skip, q stop."""
    with session(context.obj) as graph:
        for item in graph.get("/v1/judgements/suggestions", limit=200)["items"]:
            left, right = item["left"], item["right"]
            output.line(f"{left['name']} ({left['id']})  —  {right['name']} ({right['id']})", "bold")
            output.line(f"   {'; '.join(item['reasons'])}")
            said = typer.prompt("one? [y/n/u/s/q]", default="s")[:1].lower()
            if said == "q":
                return
            verdict = {"y": "same", "n": "not_same", "u": "unsure"}.get(said)
            if verdict:
                _judge(graph, verdict, [left["id"], right["id"]], {"author": author}, dry_run=False)


@resolve.command("list")
def list_(context: typer.Context, as_json: Json = False) -> None:
    """List the judgements that are recorded."""
    with session(context.obj) as graph:
        found = graph.get("/v1/judgements", limit=1000)
    if as_json:
        output.data(found)
        return
    rows = [
        [i["id"], i["verdict"], " / ".join(side["name"] for side in i["sides"]), i["reason"], i["author"], i["at"]]
        for i in found["items"]
    ]
    output.table(["id", "verdict", "names", "reason", "author", "at"], rows)


@resolve.command("same")
def same(
    context: typer.Context, names: Names, reason: Reason = "", author: Author = "", dry_run: DryRun = False
) -> None:
    """Record that two entities are one."""
    with session(context.obj) as graph:
        _judge(graph, "same", names, {"reason": reason, "author": author}, dry_run=dry_run)


@resolve.command("not-same")
def not_same(
    context: typer.Context, names: Names, reason: Reason = "", author: Author = "", dry_run: DryRun = False
) -> None:
    """Record that two entities are different."""
    with session(context.obj) as graph:
        _judge(graph, "not_same", names, {"reason": reason, "author": author}, dry_run=dry_run)


@resolve.command("take-back")
def take_back(
    context: typer.Context,
    judgement: Annotated[str, typer.Argument(help="The judgement's id.")],
    dry_run: DryRun = False,
) -> None:
    """Take a judgement back: what it joined or kept apart goes back."""
    with session(context.obj) as graph:
        _print_change(graph.delete(f"/v1/judgements/{quote(judgement, safe='')}", dry_run=str(dry_run).lower()))


def _judge(graph: Session, verdict: str, names: list[str], about: Mapping[str, str], *, dry_run: bool) -> None:
    if len(names) != 2:
        raise typer.BadParameter("give two entities")
    body = {"verdict": verdict, "left": names[0], "right": names[1], **about}
    found = graph.post("/v1/judgements", body, dry_run=str(dry_run).lower())
    output.line(f"{'would be recorded' if dry_run else 'recorded'}: {', '.join(found['items'])}")
    for other in found["contradicts"]:
        output.say(
            f"contradicts {other['id']}, {other['verdict']} by {other['author'] or 'nobody named'}: both are kept, and "
            "not_same holds until it is taken back",
            "yellow",
        )
    _print_change(found["change"])


def _print_change(change: Mapping[str, Any]) -> None:
    """What appears and goes, the lists of a change by their names."""
    for name, value in change.items():
        if isinstance(value, list) and value:
            shown = ", ".join(
                str(v.get("name") or v.get("id")) if isinstance(v, Mapping) else str(v) for v in value[:12]
            )
            output.line(f"   {name.replace('_', ' ')}: {shown}{' ...' if len(value) > 12 else ''}")
