"""POST /ask with a language model set up, against a small server of our own; without one, none is asked."""

from collections.abc import Iterator

import httpx
import pytest

from api.app import create_app
from api.settings import ServiceSettings
from graph.errors import BadSettings
from graph.settings import Settings
from graph.store import Store
from tests.api.conftest import serving
from tests.languagemodel import Stand, served

ODD = "Kindly unriddle who sits atop Amap"


@pytest.fixture
def stand() -> Iterator[Stand]:
    with served(Stand()) as kept:
        yield kept


def asked(store: Store, **settings: str) -> dict[str, object]:
    app = create_app(store, Settings(**settings), ServiceSettings(page=None))
    with serving(app) as address:
        reply = httpx.post(f"{address}/v1/ask", json={"question": ODD}, timeout=30)
    assert reply.status_code == 200, reply.text
    found: dict[str, object] = reply.json()
    return found


def test_the_model_of_the_settings_says_what_a_question_means(seeded: Store, stand: Stand) -> None:
    stand.says_json({"ask": "list", "predicate": "HOLDS_ROLE_AT", "subject": None, "object": "Amap", "role": "ceo"})
    found = asked(seeded, assistant=stand.address, assistant_model="m", assistant_key="secret")
    assert [one["id"] for one in found["entities"]] == ["guo-ning"]  # type: ignore[attr-defined]
    assert stand.keys == ["Bearer secret"]


def test_without_a_setting_no_model_is_asked(seeded: Store, stand: Stand) -> None:
    assert asked(seeded)["answered"] is False
    assert stand.asked == []


def test_a_model_that_fails_is_done_without(seeded: Store, stand: Stand) -> None:
    stand.status = 500
    assert asked(seeded, assistant=stand.address, assistant_model="m")["answered"] is False
    assert len(stand.asked) == 1


@pytest.mark.parametrize(
    ("environ", "name"),
    [
        ({"GUANXI_ASSISTANT": "localhost:11434", "GUANXI_ASSISTANT_MODEL": "m"}, "GUANXI_ASSISTANT"),
        ({"GUANXI_ASSISTANT": "http://localhost:11434/v1"}, "GUANXI_ASSISTANT_MODEL"),
    ],
)
def test_half_a_setting_is_refused(environ: dict[str, str], name: str) -> None:
    with pytest.raises(BadSettings, match=name):
        Settings.from_environ(environ)


def test_the_key_is_not_shown() -> None:
    given = {"GUANXI_ASSISTANT": "http://x/v1", "GUANXI_ASSISTANT_MODEL": "m", "GUANXI_ASSISTANT_KEY": "secret"}
    assert "secret" not in repr(Settings.from_environ(given))
