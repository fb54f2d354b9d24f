"""Names that many bear, and names of the dictionary: loading step by step comes to what a rebuild comes to."""

import random

import pytest

from graph.engines.engine import Engine
from graph.model import Claim, Document, Judgement, Referent, Side
from graph.ontology import load_ontology
from graph.store import Load, Store
from tests.graph.seeds import content

PEOPLE = [
    "李伟",
    "李偉",
    "Li Wei",
    "王芳",
    "刘振飞",
    "Zhenfei Liu",
    "刘振飞",
    "Zhenfei Liu",
    "蔡崇信",
    "Joe Tsai",
    "Tsai Chung-hsin",
    "Chung-hsin Tsai",
    "Mr. Tsai",
    "张伟",
]
FIRMS = ["腾讯", "Tencent", "騰訊控股", "百度", "Baidu", "云帆", "雲帆有限公司", "联盟", "Apple", "蘋果公司"]
THINGS = ["R1", "X7", "Qwen", "通義千問", "Mini"]
SAME = (
    [("李伟", "Person"), ("张伟", "Person")],
    [("云帆", "Company"), ("腾讯", "Company")],
    [("R1", None), ("Qwen", None)],
)


def some_load(number: int, chance: random.Random) -> Load:
    """A document about a few people, firms and things, some of them of one name."""
    document = Document.of(f"{number}.txt", f"Text {number}")
    referents = [
        Referent(f"{kind}{place}", kind, tuple(chance.sample(names, chance.choice([1, 1, 2]))))
        for kind, names, count in (("Person", PEOPLE, 3), ("Company", FIRMS, 3), ("Product", THINGS, 2))
        for place in range(count)
    ]
    claims = []
    for _ in range(5):
        person, firm, thing = (chance.choice([r for r in referents if r.kind == kind])
                               for kind in ("Person", "Company", "Product"))  # fmt: skip
        predicate, ends = chance.choice(
            [("HOLDS_ROLE_AT", (person, firm)), ("EDUCATED_AT", (person, firm)), ("DEVELOPS", (firm, thing))]
        )
        claims.append(Claim(document.id, ends[0], predicate, ends[1], "Text", 0, 4))
    return Load(document, tuple(claims))


@pytest.mark.parametrize("seed", range(3))
def test_steps_come_to_what_a_rebuild_comes_to(embedded: Engine, seed: int) -> None:
    chance = random.Random(seed)
    store = Store(embedded, load_ontology())
    store.prepare()
    loads = [some_load(number, chance) for number in range(12)]
    judgements = [
        Judgement(chance.choice(["same", "not_same"]), tuple(Side(name, kind) for name, kind in sides))
        for sides in SAME
    ]
    store.add(loads[:3])
    for found in loads[3:]:
        store.add([found])
    for judgement in judgements:
        store.judge(judgement)
    for step in range(3):
        after_steps = content(store)
        store.rebuild()
        assert content(store) == after_steps
        store.withdraw(chance.choice(loads[4 * step : 4 * step + 4]).document.id)
        store.take_back(judgements[step].id)
