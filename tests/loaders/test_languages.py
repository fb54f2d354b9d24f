import pytest

from loaders.languages import language_named, language_of, paragraphs

FRENCH = """Le président du groupe a déclaré hier que les investissements dans les puces seraient doublés avant la fin
de cette année, selon plusieurs journaux français."""


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("阿里巴巴联合创始人、董事会主席蔡崇信分享了自己的看法。", "zh-Hans"),
        ("阿里巴巴聯合創始人、董事會主席蔡崇信分享了自己的看法。", "zh-Hant"),
        ("高德地图 App 的 DAU 达到 1.8 亿", "zh-Hans"),
        ("皇后大道的後面，台灣的晶片與軟體", "zh-Hant"),
        ("阿里巴巴", "zh-Hans"),
        ("Alibaba Group said it would buy Amap.", "en"),
        ("Qwen3.5-Plus", "en"),
        ("アリババグループの会長はパリで講演した。", ""),
        ("알리바바 그룹 회장은 파리에서 연설했다", ""),
        (FRENCH, ""),
        ("", ""),
        ("2025 100% --- 🙂", ""),
    ],
)
def test_language_of(text: str, language: str) -> None:
    assert language_of(text) == language


def test_paragraphs_of_a_text_in_three_scripts() -> None:
    text = "標題：阿里雲與臺灣的合作關係\n\nAlibaba said so in a statement.\n阿里云宣布了这个计划。\n高德、蔡崇信\n"
    found = list(paragraphs(text))
    assert [part.language for part in found] == ["zh-Hant", "en", "zh-Hans", language_of(text)]
    assert [text[part.start : part.end] for part in found] == [line for line in text.split("\n") if line]


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("zh-CN", "zh-Hans"),
        ("zh_tw", "zh-Hant"),
        ("hant", "zh-Hant"),
        ("en-GB", "en"),
        ("zh", ""),
        ("fr", ""),
        ("", ""),
    ],
)
def test_language_named(word: str, language: str) -> None:
    assert language_named(word) == language
