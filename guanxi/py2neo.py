"""The graph as py2neo classes, for people who have py2neo code: `pip install guanxi[py2neo]`.

Reading only: relations are derived from claims, so what py2neo wrote would be gone after the next deriving.
py2neo ended in 2023; docs/py2neo.md says what to use in new code.
"""

from typing import Any, NoReturn, Self

try:
    from py2neo.ogm import Model, Property, Related, RelatedFrom, RelatedTo
except ModuleNotFoundError as error:
    raise ModuleNotFoundError("py2neo is not installed: pip install 'guanxi[py2neo]'", name=error.name) from None

from graph.errors import ReadOnly

ANY = "guanxi.py2neo.Entity"
PERSON = "guanxi.py2neo.Person"
COMPANY = "guanxi.py2neo.Company"
PRODUCT = "guanxi.py2neo.Product"
PARTNERSHIP = "guanxi.py2neo.Partnership"


class Entity(Model):  # type: ignore[misc]  # py2neo has no types
    """What has names. At the far end of a relation it becomes the class of its own label."""

    __primarylabel__ = "Entity"
    __primarykey__ = "id"

    id = Property()
    name = Property()
    names = Property()
    kinds = Property()

    @classmethod
    def wrap(cls, node: Any) -> Self | None:  # noqa: ANN401  (py2neo has no types)
        """The node as an object: of this class, or where this is Entity, of the class its labels name."""
        if node is None:
            return None
        found = cls
        if cls is Entity:
            found = next((kind for kind in KINDS if node.has_label(kind.__primarylabel__)), cls)
        wrapped: Self = super(Entity, found).wrap(node)
        return wrapped

    def __db_create__(self, tx: object) -> NoReturn:
        self._refuse()

    def __db_merge__(self, tx: object, primary_label: object = None, primary_key: object = None) -> NoReturn:
        self._refuse()

    def __db_push__(self, tx: object) -> NoReturn:
        self._refuse()

    def __db_delete__(self, tx: object) -> NoReturn:
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise ReadOnly(f"{self.name or self.id} is derived from claims and cannot be written; load a claim instead")


class Person(Entity):
    """Someone. A role is a property of the relation: `person.holds_role_at.get(company, "role")`."""

    __primarylabel__ = "Person"

    holds_role_at = RelatedTo(COMPANY)
    founded = RelatedTo(COMPANY)
    owns = RelatedTo(ANY)
    acquired = RelatedTo(COMPANY)
    invested_in = RelatedTo(COMPANY)
    uses = RelatedTo(ANY)


class Company(Entity):
    """Any organisation that acts as a party."""

    __primarylabel__ = "Company"

    partners_with = Related(COMPANY)
    founded = RelatedTo(COMPANY)
    owns = RelatedTo(ANY)
    acquired = RelatedTo(COMPANY)
    invested_in = RelatedTo(COMPANY)
    uses = RelatedTo(ANY)
    develops = RelatedTo(PRODUCT)
    party_to = RelatedTo(PARTNERSHIP)

    people = RelatedFrom(PERSON, "HOLDS_ROLE_AT")
    founders = RelatedFrom(ANY, "FOUNDED")
    owners = RelatedFrom(ANY, "OWNS")
    acquirers = RelatedFrom(ANY, "ACQUIRED")
    investors = RelatedFrom(ANY, "INVESTED_IN")
    users = RelatedFrom(ANY, "USES")


class Product(Entity):
    """Something that a company makes: a model, an app, a chip, a platform, a service, a device."""

    __primarylabel__ = "Product"

    uses = RelatedTo(ANY)
    makers = RelatedFrom(COMPANY, "DEVELOPS")
    owners = RelatedFrom(ANY, "OWNS")
    users = RelatedFrom(ANY, "USES")
    partnerships = RelatedFrom(PARTNERSHIP, "INVOLVES")


class Partnership(Entity):
    """A cooperation of two or more companies."""

    __primarylabel__ = "Partnership"

    parties = RelatedFrom(COMPANY, "PARTY_TO")
    involves = RelatedTo(PRODUCT)


KINDS: tuple[type[Entity], ...] = (Person, Company, Product, Partnership)
