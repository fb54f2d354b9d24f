"""Names that several people bear, told apart by what is said beside them; and names that nobody bears."""

import pytest

import questions
from graph.engines import Engine
from graph.model import Claim, Document, Judgement, Referent, Side
from graph.ontology import load_ontology
from graph.store import Load, Store

BUREAU = "江州市数据局总工程师秦磊出席了会议。"
COMPANY = "图衡信息股东名册中的秦磊持股2.3%，系图衡信息研发总监。"
HARBOUR = "Noor Hale is the chief engineer of Tolworth Harbour Board."
MILL = "Noor Hale, the chief financial officer of Sedge Mills, owns 3% of Sedge Mills."
MARSH = "Ivo Marsh is a director of Sedge Mills."
DING = "百石数字集团董事长丁柔兼任图衡信息董事。"


def load(text: str, person: str, *facts: tuple[str, str, dict[str, object]]) -> Load:
    document = Document.of(f"{text[:12]}.txt", text, date="2024-07-16")
    claims = [
        Claim(
            document.id,
            Referent("p", "Person", (person,)),
            predicate,
            Referent(organisation, "Company", (organisation,)),
            text,
            0,
            len(text),
            attributes,
        )
        for predicate, organisation, attributes in facts
    ]
    return Load(document, tuple(claims))


@pytest.fixture(scope="module")
def namesakes(embedded_session: Engine) -> Store:
    embedded_session.write(lambda tx: tx.run("MATCH (n) DETACH DELETE n"))
    store = Store(embedded_session, load_ontology())
    store.prepare()
    qin = (
        load(BUREAU, "秦磊", ("HOLDS_ROLE_AT", "江州市数据局", {"role": "chief engineer"})),
        load(
            COMPANY,
            "秦磊",
            ("HOLDS_ROLE_AT", "图衡信息", {"role": "research and development director"}),
            ("OWNS", "图衡信息", {"share_pct": 2.3}),
        ),
    )
    hale = (
        load(HARBOUR, "Noor Hale", ("HOLDS_ROLE_AT", "Tolworth Harbour Board", {"role": "chief engineer"})),
        load(
            MILL,
            "Noor Hale",
            ("HOLDS_ROLE_AT", "Sedge Mills", {"role": "chief financial officer"}),
            ("OWNS", "Sedge Mills", {"share_pct": 3}),
        ),
    )
    ding = load(
        DING,
        "丁柔",
        ("HOLDS_ROLE_AT", "百石数字集团", {"role": "chairman"}),
        ("HOLDS_ROLE_AT", "图衡信息", {"role": "director"}),
    )
    marsh = load(MARSH, "Ivo Marsh", ("HOLDS_ROLE_AT", "Sedge Mills", {"role": "director"}))
    apart = [
        Judgement("not_same", tuple(Side(name, "Person", one.document.id) for one in loads), "two people of one name")
        for name, loads in (("秦磊", qin), ("Noor Hale", hale))
    ]
    store.add([*qin, *hale, ding, marsh], apart)
    return store


@pytest.mark.parametrize(
    "question",
    [
        "数据局的总工程师秦磊是图衡信息的股东吗？",
        "江州市数据局总工程师秦磊持有图衡信息的股份吗？",
        "數據局的總工程師秦磊是圖衡信息的股東嗎？",
        "秦磊（数据局总工程师）是图衡信息的股东吗？",
        "数据局的秦磊是图衡信息的股东吗？",
        "Is the harbour board's chief engineer Noor Hale a shareholder of Sedge Mills?",
        "Is Tolworth Harbour Board's chief engineer Noor Hale a shareholder of Sedge Mills?",
        "Is Noor Hale, the chief engineer of the harbour board, a shareholder of Sedge Mills?",
        "Is the chief engineer of Tolworth Harbour Board Noor Hale a shareholder of Sedge Mills?",
        "Does Noor Hale of Tolworth Harbour Board own shares of Sedge Mills?",
    ],
)
def test_what_is_told_of_a_namesake_is_not_told_of_the_one_described(namesakes: Store, question: str) -> None:
    found = questions.answer(namesakes, question)
    assert found.value is False
    assert "2.3%" not in found.answer or "并非所问" in found.answer or "並非所問" in found.answer


@pytest.mark.parametrize(
    "question",
    [
        "图衡信息的研发总监秦磊是图衡信息的股东吗？",
        "图衡信息的秦磊是图衡信息的股东吗？",
        "Is Sedge Mills's chief financial officer Noor Hale a shareholder of Sedge Mills?",
        "Is Noor Hale of Sedge Mills a shareholder of Sedge Mills?",
    ],
)
def test_the_one_described_is_found_among_namesakes(namesakes: Store, question: str) -> None:
    assert questions.answer(namesakes, question).value is True


@pytest.mark.parametrize(
    "question",
    [
        "数据局局长秦磊是图衡信息的股东吗？",
        "数据局的董事长秦磊是图衡信息的股东吗？",
        "Is Tolworth Harbour Board's chairman Noor Hale a shareholder of Sedge Mills?",
        "Does the surgeon Noor Hale own shares of Sedge Mills?",
        "Which company does the surgeon Noor Hale own shares of?",
    ],
)
def test_words_that_fit_none_of_several_are_asked_back(namesakes: Store, question: str) -> None:
    found = questions.answer(namesakes, question)
    assert not found.answered
    assert len(found.ambiguous) == 2


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("图衡信息的财务总监丁柔是图衡信息的董事吗？", "没有文件这样说"),
        ("图衡信息董事长丁柔是图衡信息的董事吗？", "没有文件这样说"),
        ("Is Sedge Mills's chairman Ivo Marsh a director of Sedge Mills?", "No document says so"),
    ],
)
def test_words_that_do_not_fit_the_only_one_are_no_yes(namesakes: Store, question: str, begins: str) -> None:
    found = questions.answer(namesakes, question)
    assert found.value is False
    assert found.answer.startswith(begins)


def test_words_that_do_not_fit_are_said_where_no_truth_is_asked(namesakes: Store) -> None:
    found = questions.answer(namesakes, "图衡信息的财务总监丁柔在哪家公司任董事长？")
    assert not found.answered
    assert "财务总监" in found.answer


def test_words_that_fit_change_nothing(namesakes: Store) -> None:
    assert questions.answer(namesakes, "百石数字集团董事长丁柔是图衡信息的董事吗？").value is True


def test_of_a_bare_name_the_others_who_bear_it_are_told(namesakes: Store) -> None:
    found = questions.answer(namesakes, "秦磊是图衡信息的股东吗？")
    assert found.value is True
    assert "图中另有秦磊" in found.answer


@pytest.mark.parametrize(
    ("question", "unknown", "begins"),
    [
        ("Did Noor Hale found Quillmark Freight?", "Quillmark Freight", "No document says so"),
        ("Is Dara Voss a shareholder of Sedge Mills?", "Dara Voss", "No document says so"),
    ],
)
def test_of_a_name_nobody_bears_only_that_no_document_says_so(
    namesakes: Store, question: str, unknown: str, begins: str
) -> None:
    found = questions.answer(namesakes, question)
    assert found.value is False
    assert found.answer.startswith(begins)
    assert f"The graph knows no {unknown}" in found.answer
    assert found.claims == ()


def test_names_like_one_nobody_bears_stand_in_a_sentence_of_their_own(namesakes: Store) -> None:
    found = questions.answer(namesakes, "Who owns Sedge Halls?")
    assert found.nearest == ("Sedge Mills",)
    assert found.answer.endswith("The graph knows no Sedge Halls. Nearest names: Sedge Mills.")


@pytest.mark.parametrize(
    ("question", "taken"),
    [
        ("Who owns Sedge Hills?", "The graph knows no Sedge Hills; this is about Sedge Mills."),
        ("Is Noor Hale a shareholder of Sedge Hills?", "The graph knows no Sedge Hills; this is about Sedge Mills."),
        ("Who is the chief engineer of Tolworth Harbor Board?", "The graph knows no Tolworth Harbor Board;"),
        ("谁持有Sedge Hills的股份？", "图中没有“Sedge Hills”，以下说的是“Sedge Mills”。"),
        ("誰持有Sedge Hills的股份？", "圖中沒有“Sedge Hills”，以下說的是“Sedge Mills”。"),
    ],
)
def test_an_answer_says_which_name_one_that_the_graph_does_not_know_was_taken_for(
    namesakes: Store, question: str, taken: str
) -> None:
    found = questions.answer(namesakes, question)
    assert found.answer.startswith(taken)
    assert found.nearest


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Who is a director of Sedge Mills Bakeries?", "Sedge Mills Bakeries"),
        ("Does Noor Hale own shares of Sedge Mills Bakeries?", "Sedge Mills Bakeries"),
        ("Who owns Sedge Mills Bakeries?", "Sedge Mills Bakeries"),
    ],
)
def test_a_longer_name_is_that_of_another(namesakes: Store, question: str, name: str) -> None:
    found = questions.answer(namesakes, question)
    assert f"The graph knows no {name}." in found.answer
    assert not found.claims


def test_a_name_that_is_known_is_not_said_to_be_taken(namesakes: Store) -> None:
    assert "knows no" not in questions.answer(namesakes, "Who is a director of Sedge Mills?").answer
