"""One script and pieces: lengths and offsets stay what they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.passages import WINDOW, prepare
from loaders.scripts import simplify
from loaders.tokens import Tokenizer

PIECES = [
    "<s>",
    "<pad>",
    "</s>",
    "<unk>",
    "▁",
    "阿里",
    "巴巴",
    "阿",
    "里",
    "巴",
    "▁hello",
    "▁he",
    "llo",
    "▁wor",
    "ld",
    "。",
]
SCORES = [0.0] * 4 + [-3.0, -4.0, -4.0, -6.0, -6.0, -6.0, -5.0, -5.5, -5.0, -5.0, -5.0, -3.0]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer({piece: i for i, piece in enumerate(PIECES) if i > 3}, SCORES, {"ａ": "a"})


def test_traditional_becomes_simplified_letter_for_letter() -> None:
    assert simplify("馬雲與蔡崇信創辦阿里巴巴") == "马云与蔡崇信创办阿里巴巴"


@given(st.text(max_size=60))
def test_simplify_keeps_the_length(text: str) -> None:
    assert len(simplify(text)) == len(text)


def test_the_best_path_prefers_long_pieces(tokenizer: Tokenizer) -> None:
    text = "阿里巴巴 hello world。"
    assert [text[t.start : t.end] for t in tokenizer.tokens(text)] == ["阿里", "巴巴", "hello", "wor", "ld", "。"]


def test_unknown_letters_are_pieces_of_their_own(tokenizer: Tokenizer) -> None:
    tokens = tokenizer.tokens("阿里𠮷")
    assert (tokens[-1].piece, tokens[-1].start, tokens[-1].end) == (3, 2, 3)


@given(st.text(alphabet="阿里巴。 \nhelo𠮷é\u0301", max_size=80))
def test_tokens_cover_every_letter_once_and_in_order(text: str) -> None:
    tokenizer = Tokenizer({piece: i for i, piece in enumerate(PIECES) if i > 3}, SCORES, {})
    covered = [i for token in tokenizer.tokens(text) for i in range(token.start, token.end)]
    assert covered == [i for i, letter in enumerate(text) if not letter.isspace()]


def test_chinese_pieces_fall_into_letters(tokenizer: Tokenizer) -> None:
    passage = prepare("阿里巴巴 hello", tokenizer)
    assert [(u.start, u.end) for u in passage.units(0, len(passage.tokens))] == [
        (0, 1),
        (1, 2),
        (2, 3),
        (3, 4),
        (5, 10),
    ]


def test_sentences_end_at_marks_but_not_at_abbreviations(tokenizer: Tokenizer) -> None:
    text = "Mr. Tsai runs Foo Inc. in Hong Kong. He said so. 他走了。她没走！"
    passage = prepare(text, tokenizer)
    assert [text[a:b].strip() for a, b in passage.sentences] == [
        "Mr. Tsai runs Foo Inc. in Hong Kong.",
        "He said so. 他走了。",
        "她没走！",
    ]


@pytest.mark.parametrize("size", [1, WINDOW, WINDOW + 1, 3 * WINDOW, 2000])
def test_windows_cover_all_tokens_and_fit(tokenizer: Tokenizer, size: int) -> None:
    passage = prepare("阿 " * size, tokenizer)
    covered = {t for first, last in passage.windows for t in range(first, last)}
    assert covered == set(range(size))
    assert all(last - first <= WINDOW for first, last in passage.windows)
