"""The words of the lexicon, held to the annotated documents."""

import re
from pathlib import Path

import pytest

from loaders.lexicon import words
from loaders.scripts import simplify

DOCUMENTS = Path(__file__).parents[2] / "training" / "documents"
NAMED = re.compile(r"\[[a-z0-9]+\|([^\]]+)\]")


@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the annotated documents are not in this checkout")
def test_a_common_word_is_no_name_in_any_annotated_document() -> None:
    named = {
        simplify(name) for path in DOCUMENTS.glob("*.txt") for name in NAMED.findall(path.read_text(encoding="utf-8"))
    }
    common = {*words("zh", "names", "common_words"), *words("en", "names", "common_words")}
    assert len(named) > 5000
    assert len(common) > 100
    assert not common & named
