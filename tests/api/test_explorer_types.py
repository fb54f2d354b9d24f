"""The page is typed after the description of the service; this fails when the copy it is typed from is stale."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from api import description
from api.app import create_app
from api.settings import ServiceSettings
from graph.ontology import load_ontology
from graph.store import Store

if TYPE_CHECKING:
    from graph.engines.engine import Engine

COPY = Path(__file__).parents[2] / "explorer" / "openapi.json"


@pytest.mark.skipif(not COPY.parent.is_dir(), reason="the page is not in this checkout")
def test_the_page_is_typed_after_this_service(embedded: Engine) -> None:
    """To renew: GUANXI_RENEW=1 pytest tests/api/test_explorer_types.py; then `npm run types` in explorer/."""
    app = create_app(Store(embedded, load_ontology()), service=ServiceSettings(page=None))
    said = app.openapi()
    for name in description.word_schemas(load_ontology()):
        del said["components"]["schemas"][name]["enum"]  # the page shows whatever ontology its service has
    text = json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if os.environ.get("GUANXI_RENEW"):
        COPY.write_text(text, encoding="utf-8")
    assert COPY.read_text(encoding="utf-8") == text, "explorer/openapi.json is stale; see this test"
