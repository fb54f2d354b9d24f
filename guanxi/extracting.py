"""The command `extract`: the reading that `load` does, without a graph."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from graph.model import Document
from guanxi import output
from guanxi.loading import MinConfidence
from loaders.claimsfile import write_claims
from loaders.documents import read_document
from loaders.folder import plan
from loaders.problems import Limits, Problem
from loaders.reading import LEAST, Reader


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("extract")(extract_command)


def extract_command(
    paths: Annotated[list[Path], typer.Argument(help="Texts and folders of texts: txt md html pdf docx.")],
    min_confidence: MinConfidence = LEAST,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show instead what was seen, and why a claim was made or not.")
    ] = False,
) -> None:
    """Read texts by machine and print the claims, one a line, in the shape of claims.jsonl."""
    limits = Limits.from_environ(os.environ)
    planned = plan(paths)
    refused = sum(not problem.foreign for problem in planned.problems)
    for problem in planned.problems:
        output.say(f"skipped  {problem}", "yellow")
    sources = planned.of("document")
    read = 0
    with output.progress() as progress:
        reader = Reader(min_confidence, progress=progress)
        for number, source in enumerate(sources, start=1):
            document = read_document(source.path, source.name, limits)
            if isinstance(document, Problem):
                output.say(f"skipped  {document}", "yellow")
                refused += 1
                continue
            read += 1
            if explain:
                _explain(reader, document)
            else:
                write_claims(reader(document), {document.id: document.name}, sys.stdout)
            progress("documents", number, len(sources))
    if refused or not read:
        output.say(f"{refused} could not be read" if read else "nothing was read", "red")
        raise typer.Exit(1)


def _explain(reader: Reader, document: Document) -> None:
    output.line(f"== {document.name}", "bold")
    for start, reading, verdicts in reader.explain(document):
        output.line(f"-- from character {start}: {len(reading.mentions)} mentions")
        for mention in reading.mentions:
            output.line(f"   {start + mention.start:6} {mention.kind:8} {mention.confidence:.2f}  {mention.surface}")
        for verdict in verdicts:
            c = verdict.candidate
            ends = (reading.entities[number].names[0] for number in (c.subject, c.object))
            said = f" {c.predicate} ".join(ends)
            output.line(f"   {verdict.confidence:.2f}  {said}: {verdict.reason or 'claimed'}")
