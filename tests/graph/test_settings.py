"""Settings come from the environment, and a bad one is named."""

from pathlib import Path

import pytest

from graph.errors import BadSettings
from graph.settings import Settings


def test_nothing_set_is_a_folder_here() -> None:
    assert Settings.from_environ({}) == Settings(graph=".guanxi/graph", heap="384m")
    assert Settings.from_environ({"GUANXI_GRAPH": "", "OTHER": "x"}).embedded


def test_an_address_with_its_user_and_database() -> None:
    settings = Settings.from_environ(
        {
            "GUANXI_GRAPH": "neo4j+s://db.example.com:7687",
            "GUANXI_USER": "reader",
            "GUANXI_PASSWORD": "a-secret",
            "GUANXI_DATABASE": "facts",
            "GUANXI_KEYS": "keys.json",
        }
    )
    assert (settings.embedded, settings.user, settings.database) == (False, "reader", "facts")
    assert settings.keys == Path("keys.json")
    assert "a-secret" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GUANXI_GRAPH", "http://localhost:7474"),
        ("GUANXI_GRAPH", "neo4j://"),
        ("GUANXI_GRAPH", "bolt://host:port"),
        ("GUANXI_GRAPH", "bolt://neo4j:pw@host:7687"),
        ("GUANXI_GRAPH", __file__),
        ("GUANXI_HEAP", "lots"),
        ("GUANXI_HEAP", "64m"),
        ("GUANXI_HEAP", "384"),
    ],
)
def test_a_bad_setting_is_named(name: str, value: str) -> None:
    with pytest.raises(BadSettings) as error:
        Settings.from_environ({name: value})
    assert error.value.name == name
    assert str(error.value).startswith(name)
    assert "pw" not in str(error.value).replace("GUANXI_PASSWORD", "")
