"""Commands that write: load and rebuild."""

import os
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from graph.model import Document
from graph.ontology import load_ontology
from graph.settings import Settings
from guanxi import output
from guanxi.session import ProblemError, Session, session
from loaders.claimsfile import claim_record
from loaders.judgementsfile import judgement_record
from loaders.load import Material, Report, Wanted, load
from loaders.problems import Limits, Problem
from loaders.reading import LEAST, Reader

MinConfidence = Annotated[float, typer.Option(help="The least confidence of claims read by machine.", min=0, max=1)]
REFUSALS = (400, 413, 422)  # what is wrong with one document alone
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("load")(load_command)
    app.command("rebuild")(rebuild_command)


def load_command(
    context: typer.Context,
    paths: Annotated[
        list[Path], typer.Argument(help="Files and folders: txt md html pdf docx, csv jsonl xlsx parquet.")
    ],
    documents: Annotated[Path | None, typer.Option(help="The folder with the texts of a claims file.")] = None,
    mapping: Annotated[Path | None, typer.Option(help="The mapping of a table.")] = None,
    read: Annotated[
        bool, typer.Option("--read", help="Read every text by machine, also where claims are given.")
    ] = False,
    min_confidence: MinConfidence = LEAST,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and write nothing.")] = False,
    if_empty: Annotated[bool, typer.Option("--if-empty", help="Do nothing where the graph holds documents.")] = False,
    as_json: Json = False,
) -> None:
    """Load documents, claims, judgements and tables into the graph.

    Loading the same twice changes nothing. What is bad is reported with file, line and reason; the rest is loaded.
    Where a whole file could not be read, the command ends with 1; a bad record, or a file of another type in a
    folder, is only reported.
    """
    settings: Settings = context.obj
    with session(settings) as graph, output.progress() as progress:
        if if_empty and graph.get("/v1/documents", limit=1)["items"]:
            output.say("the graph holds documents already; nothing is loaded")
            return
        wanted = Wanted(
            paths=tuple(paths),
            texts=documents,
            mapping=mapping,
            reader=Reader(min_confidence, progress=progress),
            read_all=read,
            limits=Limits.from_environ(os.environ),
        )
        if graph.store is not None:
            report = load(graph.store, wanted, dry_run=dry_run, progress=progress)
            outcome = _outcome(report, dry_run)
        else:
            outcome = _through_server(graph, wanted, settings, dry_run)
    _print(outcome, as_json)
    if outcome["skipped"] and not outcome["read"]:
        raise typer.Exit(1)
    files = sum(not (problem["line"] or problem["foreign"]) for problem in outcome["skipped"])
    if files:
        told = "1 file" if files == 1 else f"{files} files"
        output.say(f"{told} could not be read; the rest {'would be' if dry_run else 'is'} loaded", "red")
        raise typer.Exit(1)


def rebuild_command(context: typer.Context) -> None:
    """Make entities and relations again from nothing but documents, claims and judgements."""
    with session(context.obj) as graph, output.progress() as progress:
        if graph.store is None:
            graph.post("/v1/rebuild", {})
        else:
            graph.store.rebuild(progress)
        counts = graph.get("/v1/counts")
    output.fields(counts)


def _outcome(report: Report, dry_run: bool) -> dict[str, Any]:
    effect = report.effect
    return _reported(report) | {
        "dry_run": dry_run,
        "documents": effect.documents,
        "claims": effect.claims,
        "judgements": effect.judgements,
        "claims_by_predicate": dict(sorted(effect.by_predicate.items())),
        "new_entities": effect.new_entities,
        "entities": [{"id": e.id, "name": e.name, "kinds": list(e.kinds)} for e in effect.entities],
    }


def _reported(report: Report) -> dict[str, Any]:
    return {
        "read": dict(report.files),
        "skipped": [asdict(problem) for problem in report.refused],
        "notes": [asdict(problem) for problem in report.problems if not problem.refused],
    }


def _through_server(graph: Session, wanted: Wanted, settings: Settings, dry_run: bool) -> dict[str, Any]:
    """Read the files here and hand what they hold to the server, a document at a time."""
    assert graph.server is not None
    report = Report()
    material = Material(wanted, load_ontology(settings.ontology), report)
    judgements = [judgement_record(judgement) for judgement in material.judgements()]
    total: dict[str, Any] = {"documents": 0, "claims": 0, "judgements": 0, "new_entities": 0, "entities": []}
    by_predicate: dict[str, int] = {}
    body: dict[str, Any] = {"documents": [], "claims": [], "judgements": judgements}
    for load_ in material.loads():
        claims = [claim_record(claim, load_.document.id) for claim in load_.claims]
        body |= {"documents": [_document(load_.document)], "claims": claims}
        try:
            _add(total, by_predicate, graph.post("/v1/import", body, dry_run=str(dry_run).lower()))
        except ProblemError as error:
            if error.status not in REFUSALS:
                raise
            report.problems.append(Problem(load_.document.name, 0, "", f"refused by the server: {error}"))
            body |= {"documents": [], "claims": []}
            continue
        body = {"documents": [], "claims": [], "judgements": []}
    if body["judgements"]:
        _add(total, by_predicate, graph.post("/v1/import", body, dry_run=str(dry_run).lower()))
    return _reported(report) | total | {"dry_run": dry_run, "claims_by_predicate": dict(sorted(by_predicate.items()))}


def _document(document: Document) -> dict[str, Any]:
    return {name: value for name, value in asdict(document).items() if value is not None}


def _add(total: dict[str, Any], by_predicate: dict[str, int], one: Mapping[str, Any]) -> None:
    for name in total:
        total[name] += one[name]
    for predicate, count in one["claims_by_predicate"].items():
        by_predicate[predicate] = by_predicate.get(predicate, 0) + count


def _print(outcome: Mapping[str, Any], as_json: bool) -> None:
    if as_json:
        output.data(outcome)
        return
    for problem in outcome["skipped"]:
        output.say(f"skipped  {Problem(**problem)}", "yellow")
    for problem in outcome["notes"][:20]:
        output.say(f"note     {Problem(**problem)}", "dim")
    would = "would be " if outcome["dry_run"] else ""
    read = ", ".join(f"{count} {what}" for what, count in outcome["read"].items()) or "nothing"
    output.line(f"read: {read}; skipped: {len(outcome['skipped'])}")
    output.line(
        f"{would}new: {outcome['documents']} documents, {outcome['claims']} claims, "
        f"{outcome['judgements']} judgements, {outcome['new_entities']} entities"
    )
    for predicate, count in outcome["claims_by_predicate"].items():
        output.line(f"  {predicate:18} {count}")
    names = [entity["name"] for entity in outcome["entities"]]
    if names:
        more = f" and {len(names) - 12} more" if len(names) > 12 else ""
        output.line(f"new entities: {', '.join(names[:12])}{more}")
