"""The ontology as the service shows it."""

from fastapi import APIRouter
from pydantic import Field

from api.description import KindName, PredicateName, StatusName
from api.state import Graph
from api.views import View
from graph.ontology import Ontology, Predicate

router = APIRouter(tags=["ontology"])


class KindView(View):
    """A kind of entity; its name is a node label."""

    name: KindName
    en: str
    zh: str
    about: str


class AttributeView(View):
    """A property that claims may carry."""

    name: str
    type: str
    en: str
    zh: str


class StatusView(View):
    """How a claim stands."""

    name: StatusName
    en: str
    zh: str
    asserted: bool = Field(description="Whether a claim with it holds as fact and makes a relation.")
    negates: bool
    over: bool


class PredicateView(View):
    """A relation that claims state."""

    name: PredicateName
    starts: list[KindName] = Field(alias="from", description="The kinds its subject may have.")
    ends: list[KindName] = Field(alias="to", description="The kinds its object may have.")
    attributes: list[str]
    about: str
    en: dict[str, str]
    zh: dict[str, str]
    symmetric: bool
    weak: bool
    derived: bool

    @classmethod
    def of(cls, predicate: Predicate) -> "PredicateView":
        """The predicate as shown."""
        return cls.model_validate(
            {
                "name": predicate.name,
                "from": predicate.starts,
                "to": predicate.ends,
                "attributes": predicate.attributes,
                "about": predicate.about,
                "en": dict(predicate.en),
                "zh": dict(predicate.zh),
                "symmetric": predicate.symmetric,
                "weak": predicate.weak,
                "derived": predicate.derived,
            }
        )


class OntologyView(View):
    """What may be said: kinds, predicates, attributes, statuses, and the words for each."""

    kinds: list[KindView]
    predicates: list[PredicateView]
    attributes: list[AttributeView]
    statuses: list[StatusView]

    @classmethod
    def of(cls, ontology: Ontology) -> "OntologyView":
        """The ontology as shown."""
        return cls(
            kinds=[KindView(name=k.name, en=k.en, zh=k.zh, about=k.about) for k in ontology.kinds.values()],
            predicates=[PredicateView.of(p) for p in ontology.predicates.values()],
            attributes=[
                AttributeView(name=a.name, type=a.type, en=a.en, zh=a.zh) for a in ontology.attributes.values()
            ],
            statuses=[
                StatusView(name=s.name, en=s.en, zh=s.zh, asserted=s.asserted, negates=s.negates, over=s.over)
                for s in ontology.statuses.values()
            ],
        )


@router.get("/ontology", summary="What the graph can say")
def ontology(graph: Graph) -> OntologyView:
    """Kinds of entity, predicates between them, their attributes and statuses, with English and Chinese words.

    The page, the loaders and the questions follow it, so a kind or predicate of your own appears here too.
    """
    return OntologyView.of(graph.ontology)
