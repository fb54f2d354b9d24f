"""The command `keys`: make, list and revoke the keys that callers from other machines need."""

from typing import Annotated

import typer

from api.keys import KeyFile, Role
from graph.errors import BadInput, BadSettings
from graph.settings import Settings
from guanxi import output

keys = typer.Typer(help="Make, list and revoke API keys.", no_args_is_help=True, rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(keys, name="keys")


def _file(context: typer.Context) -> KeyFile:
    settings: Settings = context.obj
    if settings.keys is None:
        raise BadSettings("GUANXI_KEYS", "name the file of keys; it is made with the first key")
    return KeyFile(settings.keys)


@keys.command("add")
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="What to call the key.")],
    role: Annotated[Role, typer.Option(help="What it allows.")] = "reader",
) -> None:
    """Make a key and print it, once: the file keeps only its hash."""
    try:
        word = _file(context).add(name, role)
    except BadInput as error:
        raise typer.BadParameter(error.reason, param_hint=error.field) from None
    output.line(word)


@keys.command("list")
def list_(context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """List the keys by name and role."""
    found = [{"name": key.name, "role": key.role, "made": key.made} for key in _file(context).all()]
    if as_json:
        output.data(found)
    else:
        output.table(["name", "role", "made"], [list(one.values()) for one in found])


@keys.command("revoke")
def revoke(context: typer.Context, name: Annotated[str, typer.Argument(help="The key's name.")]) -> None:
    """Revoke a key; a service that runs refuses it from then on."""
    _file(context).revoke(name)
    output.say(f"revoked {name}")
