"""What the service asks itself as it starts is what the page asks first."""

import json
import re
from pathlib import Path

from graph.ontology import load_ontology
from guanxi.warming import BUSIEST, NEIGHBOURS, STATED, not_asserted

CONTROLS = Path(__file__).parents[2] / "explorer" / "src" / "controls"


def test_the_page_asks_for_what_was_asked_beforehand() -> None:
    questions = (CONTROLS / "first-questions.ts").read_text(encoding="utf-8")
    given = dict(re.findall(r"^const ([A-Z_]+) = (.+);$", questions, re.MULTILINE))
    assert int(given["FIRST_LIMIT"]) == NEIGHBOURS.limit
    assert int(given["MOST_STATED"]) == STATED
    assert sorted(json.loads(given["NOT_ASSERTED"])) == sorted(not_asserted(load_ontology()))
    assert f'"{BUSIEST}"' in (CONTROLS / "loader.ts").read_text(encoding="utf-8")
