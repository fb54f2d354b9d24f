from hypothesis import given
from hypothesis import strategies as st

from loaders.turns import speaker_turns


def said(text: str) -> list[tuple[str, str]]:
    return [(turn.speaker, text[turn.start : turn.end]) for turn in speaker_turns(text)]


def test_bold_labels_on_their_own_lines() -> None:
    text = (
        "导言。\n\n**Jeffrey Katzenberg：**\n\n为什么？\n\n**蔡崇信：**\n\n因为马云。\n\n**他是领导者。**\n\n"
        "**Jeffrey Katzenberg：**\n\n谢谢。\n"
    )
    assert said(text) == [
        ("Jeffrey Katzenberg", "为什么？"),
        ("蔡崇信", "因为马云。\n\n**他是领导者。**"),
        ("Jeffrey Katzenberg", "谢谢。"),
    ]


def test_labels_with_a_remark_and_inside_a_line() -> None:
    text = "主持人傑裡米:為什麼?Joseph Tsai(蔡崇信):因為他。主持人傑裡米:是啊。Joseph Tsai(蔡崇信):對。"
    assert said(text) == [
        ("主持人傑裡米", "為什麼?"),
        ("Joseph Tsai", "因為他。"),
        ("主持人傑裡米", "是啊。"),
        ("Joseph Tsai", "對。"),
    ]


def test_english_and_accents() -> None:
    talk = "Maurice Lévy: Welcome.\nJoe Tsai: Thank you.\nMaurice Lévy: Why?\nJoe Tsai: So.\n"
    assert said(talk + "\n## Afterwards\n\nThey left.\n") == [
        ("Maurice Lévy", "Welcome."),
        ("Joe Tsai", "Thank you."),
        ("Maurice Lévy", "Why?"),
        ("Joe Tsai", "So."),
    ]


def test_parts_of_a_page_are_no_speakers() -> None:
    assert said("编辑：米奇\n来源：财经会议圈\n来源：别处\n时间：2026年\n主题：AI\n") == []


def test_a_quoted_sentence_is_no_turn() -> None:
    assert said("他说：好。\n他说：不好。\n蔡崇信表示：好。\n蔡崇信表示：不好。\n") == []


def test_one_person_alone_holds_no_interview() -> None:
    assert said("Tsai: one.\nTsai: two.\n") == []


def test_addresses_are_no_labels() -> None:
    assert said("Https://example.org\nHttp://example.com\nHttps://example.org\nHttp://example.com\n") == []


@given(st.text(st.sampled_from("A蔡崇信问答:：\n*。 #=bc()"), max_size=300))
def test_turns_lie_in_the_text_in_order(text: str) -> None:
    last = 0
    for turn in speaker_turns(text):
        assert last <= turn.start < turn.end <= len(text)
        last = turn.end
