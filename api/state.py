"""What a handler is given: the view of the graph, the language of names, and what query parameters share."""

from typing import Annotated, Any

from fastapi import Depends, Header, Query, Request
from pydantic import BeforeValidator, Field

from api.dates import PARTIAL_DATE
from api.description import KindWord, PredicateName, StatusName, marked
from api.settings import ServiceSettings
from api.views import Language
from graph import cursors
from graph.cursors import Places
from graph.errors import BadInput
from graph.guard import Guard
from graph.ontology import Ontology
from graph.store import Store
from graph.view import View

MOST_ITEMS = 1000


def _no_flag(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError(f"a number is wanted, not {str(value).lower()}")  # noqa: TRY004 (pydantic takes ValueError)
    return value


Count = Annotated[int, Field(ge=0, json_schema_extra=marked("rows")), BeforeValidator(_no_flag)]
Seconds = Annotated[float, Field(gt=0, json_schema_extra=marked("seconds")), BeforeValidator(_no_flag)]


def _store(request: Request) -> Store:
    store: Store = request.app.state.store
    return store


def _view(request: Request) -> View:
    view: View = request.app.state.view
    return view


def _settings(request: Request) -> ServiceSettings:
    settings: ServiceSettings = request.app.state.service
    return settings


def _language(
    lang: Annotated[
        Language | None,
        Query(description="The language of names; else Accept-Language counts, else each name as it is best known."),
    ] = None,
    accept_language: Annotated[str | None, Header(include_in_schema=False)] = None,
) -> Language | None:
    return lang or preferred(accept_language or "")


def preferred(header: str) -> Language | None:
    """The language of names that an Accept-Language header asks for; None where it names none that there is.

    >>> preferred("zh-TW,zh;q=0.9,en;q=0.8"), preferred("fr, en; q=0.5, zh ;Q=0.1"), preferred("*")
    ('zh-Hant', 'en', None)
    """
    wanted: list[tuple[float, str]] = []
    for part in header[:500].split(","):
        tag, _, weight = part.casefold().partition(";")
        try:
            wanted.append((float(weight.strip().removeprefix("q=") or 1), tag.strip()))
        except ValueError:
            continue
    for quality, tag in sorted(wanted, key=lambda pair: -pair[0]):
        if quality > 0 and tag[:2] in ("zh", "en") and tag[2:3] in ("", "-"):
            return _script(tag)
    return None


def _script(tag: str) -> Language:
    if tag.startswith("en"):
        return "en"
    return "zh-Hant" if any(part in ("hant", "tw", "hk", "mo") for part in tag.split("-")) else "zh-Hans"


def _kind(
    view: Annotated[View, Depends(_view)], kind: Annotated[KindWord | None, Query(examples=["company"])] = None
) -> str | None:
    return kind_of(view.ontology, kind)


def kind_of(ontology: Ontology, word: str | None) -> str | None:
    """The kind's name for a word in any case, None for None; raises BadInput for a word that is no kind."""
    if word is None:
        return None
    found = ontology.kind(word)
    if found is None:
        raise BadInput(f"{word!r} is not a kind; there are {', '.join(ontology.kinds)}", field="kind")
    return found


def _predicates(
    view: Annotated[View, Depends(_view)],
    predicate: Annotated[
        list[PredicateName] | None,
        Query(description="Only these predicates; repeat it for several.", examples=[["PARTNERS_WITH"]]),
    ] = None,
) -> tuple[str, ...]:
    asked = tuple(name.upper() for name in predicate or ())
    return view.reader.types(asked) if asked else ()


def _statuses(
    view: Annotated[View, Depends(_view)],
    status: Annotated[
        list[StatusName] | None,
        Query(description="Only these statuses; repeat it for several.", examples=[["active"]]),
    ] = None,
) -> tuple[str, ...]:
    for name in status or ():
        if name not in view.ontology.statuses:
            raise BadInput(f"{name!r} is not a status; there are {', '.join(view.ontology.statuses)}", field="status")
    return tuple(status or ())


def _place(places: Places) -> Any:  # noqa: ANN401  (a FieldInfo, which pydantic types so)
    """A cursor of that list; what reads it refuses a word of another form."""
    return Field(max_length=2000, json_schema_extra={"pattern": places.form})


def _guard(request: Request) -> Guard:
    guard: Guard = request.app.state.guard
    return guard


Graph = Annotated[View, Depends(_view)]
Kept = Annotated[Store, Depends(_store)]
Guarded = Annotated[Guard, Depends(_guard)]
Service = Annotated[ServiceSettings, Depends(_settings)]
InLanguage = Annotated[Language | None, Depends(_language)]
OfKind = Annotated[str | None, Depends(_kind)]
Predicates = Annotated[tuple[str, ...], Depends(_predicates)]
Statuses = Annotated[tuple[str, ...], Depends(_statuses)]
AsOf = Annotated[
    str | None,
    Query(pattern=PARTIAL_DATE, description="Only what held at this date, which may be partial.", examples=["2024-05"]),
]

_PART = Query(description="The `next` of the part before; leave it out for the first part.")
FromHit = Annotated[Annotated[str, _place(cursors.SEARCH)] | None, _PART]
FromConflict = Annotated[Annotated[str, _place(cursors.CONFLICTS)] | None, _PART]
FromRelation = Annotated[Annotated[str, _place(cursors.RELATIONS)] | None, _PART]
FromPartnership = Annotated[Annotated[str, _place(cursors.PARTNERSHIPS)] | None, _PART]
FromDate = Annotated[Annotated[str, _place(cursors.TIMELINE)] | None, _PART]
FromDocument = Annotated[Annotated[str, _place(cursors.DOCUMENTS)] | None, _PART]
FromJudgement = Annotated[Annotated[str, _place(cursors.JUDGEMENTS)] | None, _PART]
FromClaim = Annotated[Annotated[str, _place(cursors.CLAIMS)] | None, _PART]
DryRun = Annotated[bool, Query(description="Say what would change, and change nothing.")]
Limit = Annotated[int, Query(ge=1, le=MOST_ITEMS, description="At most so many.")]
