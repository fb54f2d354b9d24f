"""The command `score`: how well texts are read, against a folder of gold."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from graph.errors import BadInput
from guanxi import output
from guanxi.loading import MinConfidence
from loaders.problems import RefusedError
from loaders.reading import LEAST, Reader, measure
from loaders.score import Report


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("score")(score_command)


def score_command(
    gold: Annotated[Path, typer.Option(help="A folder with docs/NAME.txt and gold/NAME.json.")],
    min_confidence: MinConfidence = LEAST,
    misses: Annotated[int, typer.Option(help="How many missed and false facts to list.", min=0)] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Read the texts of a folder and print precision, recall and F1 by language and predicate, with the misses."""
    try:
        report = measure(gold, Reader(min_confidence))
    except RefusedError as error:
        raise BadInput(error.reason, file=str(gold), field=error.field) from None
    if as_json:
        output.data(_as_json(report, misses))
        return
    for line in report.lines(misses):
        output.line(line)


def _as_json(report: Report, misses: int) -> dict[str, Any]:
    scores = {}
    for group in report.groups():
        tally = report.tally(group)
        rates = {"precision": tally.precision, "recall": tally.recall, "f1": tally.f1}
        scores[group] = {name: round(rate, 3) for name, rate in rates.items()} | asdict(tally)
    return {
        "scores": scores,
        "quotes_verbatim": report.verbatim,
        "claims": report.claims,
        "invited_errors_asserted": report.asserted,
        "invited_errors": report.invited,
        "errors": [asdict(error) for error in report.errors[:misses]],
    }
