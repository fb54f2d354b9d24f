"""The command `ask`: questions in plain words, answered from the graph."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from graph.errors import BadInput
from guanxi import output
from guanxi.session import Session, session


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("ask")(ask_command)


def ask_command(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="A question in English or Chinese.")] = None,
    file: Annotated[
        Path | None, typer.Option(help="A JSON list of {id, question}; one answer a line comes out.")
    ] = None,
    language: Annotated[str | None, typer.Option(help="Answer in en, zh-Hans or zh-Hant; else as asked.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show what the question was understood to mean.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Answer a question from the graph, with the words the answer stands on; or say that the graph does not hold it."""
    if (question is None) == (file is None):
        raise typer.BadParameter("give a question, or --file with a list of them")
    with session(context.obj) as graph:
        if file is not None:
            for record in _answers(graph, file, language):
                output.json_line(record)
            return
        found = _ask(graph, str(question), language, explain=explain)
    if as_json:
        output.data(found)
    else:
        _print(found)


def _ask(graph: Session, question: str, language: str | None, *, explain: bool = False) -> dict[str, Any]:
    asked = {"question": question, "language": language, "explain": explain}
    found = graph.post("/v1/ask", {name: value for name, value in asked.items() if value is not None})
    assert isinstance(found, dict)
    return found


def _answers(graph: Session, file: Path, language: str | None) -> Iterator[dict[str, Any]]:
    try:
        questions = json.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise BadInput(f"not a list of questions: {error}", file=str(file)) from None
    if not isinstance(questions, list):
        raise BadInput("not a list of questions", file=str(file))
    with output.progress() as progress:
        for number, entry in enumerate(questions, start=1):
            if not isinstance(entry, dict) or not isinstance(entry.get("question"), str):
                raise BadInput(f"entry {number} has no question", file=str(file), field="question")
            yield _record(entry.get("id", number), _ask(graph, entry["question"], language))
            progress("questions", number, len(questions))


def _record(id_: Any, found: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ANN401  (whatever the file calls it)
    """An answer in the shape of a line of answers.jsonl."""
    entities = [{"id": e["id"], "names": list(dict.fromkeys((e["name"], *e["names"])))} for e in found["entities"]]
    claims = [{"document": c["document"]["name"], "quote": c["quote"]} for c in found["claims"]]
    kept = {name: found[name] for name in ("answered", "answer", "value", "cypher")}
    return {"id": str(id_), **kept, "entities": entities, "claims": claims}


def _print(found: Mapping[str, Any]) -> None:
    output.line(found["answer"], "bold" if found["answered"] else "")
    for claim in found["claims"][:8]:
        output.line(f"   “{claim['quote']}” — {claim['document']['title']}", "dim")
    more = len(found["claims"]) - 8
    if more > 0:
        output.line(f"   ... and {more} more claims", "dim")
    if found.get("meaning"):
        output.line()
        output.line(found["meaning"], "dim")
    if found["cypher"]:
        output.line()
        output.line(found["cypher"], "dim")
