import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_BREAK
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.model import Document
from loaders.documents import body_start, fingerprint, read_document
from loaders.problems import Limits, Problem

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
MakePdf = Callable[..., Path]

# Letters outside the basic plane, combining marks, every kind of line end, marks of byte order and of direction.
AWKWARD = st.text(
    st.sampled_from("aé\u0301阿里雲𠮷👩\u200d💻\r\n\u2028\x0b\x0c\ufeff\u200f \t-:：《》"), min_size=1, max_size=200
)

PAGE = """<html><head><title>Acme buys Beta - The Daily</title>
<meta property="og:site_name" content="The Daily">
<meta property="article:published_time" content="2025-03-04T10:00:00Z"></head>
<body><nav><ul><li><a href="/">Home page</a></li><li><a href="/w">World news</a></li></ul></nav>
<article><h1>Acme buys Beta</h1>
<p>Acme Corp said on Tuesday that it had agreed to buy Beta Ltd for $3 billion in cash, its largest purchase.</p>
<p>“We are delighted,” said its chief executive, Jane Roe. 阿里巴巴 keeps its stake of 12% in Beta 𠮷.</p></article>
<div class="related"><h2>Related articles</h2><ul><li><a href="/x">Gamma fires its chief executive</a></li>
<li><a href="/y">Delta sues Epsilon over patents</a></li></ul></div><footer>Copyright</footer></body></html>"""


def written(path: Path, data: str | bytes) -> Path:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def read(path: Path, **limits: int) -> Document:
    document = read_document(path, limits=Limits(**limits))
    assert isinstance(document, Document), document
    return document


def refused(path: Path, **limits: int) -> str:
    problem = read_document(path, limits=Limits(**limits))
    assert isinstance(problem, Problem), problem
    assert problem.file == str(path)
    assert problem.refused
    return problem.reason


@given(text=AWKWARD)
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_text_is_what_read_text_gives(tmp_path: Path, text: str) -> None:
    path = written(tmp_path / "a.txt", text)
    found = read_document(path)
    if isinstance(found, Document):
        assert found.text == path.read_text(encoding="utf-8")
    else:
        assert text.strip().strip("\ufeff").strip() == ""


def test_front_matter_names_title_date_language_and_source(tmp_path: Path) -> None:
    head = '---\ntitle: "A \\"title\\""\ndate: "2025-02-13 17:41:14"\nlang:\n  - "zh-TW"\nsource: 晚報\nmenu: ""\n---\n'
    document = read(written(tmp_path / "a.md", head + "Text in English, June 1, 2020\n"))
    assert (document.title, document.date, document.language, document.source) == (
        'A "title"',
        "2025-02-13",
        "zh-Hant",
        "晚報",
    )
    assert document.text[body_start(document.text) :].startswith("Text in English")


def test_front_matter_that_is_never_closed_is_text(tmp_path: Path) -> None:
    document = read(written(tmp_path / "a.md", "---\ntitle: x\n\nThe text of it\n"))
    assert body_start(document.text) == 0
    assert document.title == "---"


def test_byte_order_mark_stays_and_does_not_hide_front_matter(tmp_path: Path) -> None:
    document = read(written(tmp_path / "a.md", "\ufeff---\r\ntitle: Name\r\n---\r\n\r\nBody\r\n"))
    assert document.text == "\ufeff---\ntitle: Name\n---\n\nBody\n"
    assert document.title == "Name"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("\n# A heading\ntext", "A heading"),
        ("First line\n# Later heading\n", "Later heading"),
        ("First line\nsecond", "First line"),
        ("![picture](x.png)\n**Bold first**\n", "Bold first"),
    ],
)
def test_title_without_front_matter(tmp_path: Path, text: str, title: str) -> None:
    assert read(written(tmp_path / "a.md", text)).title == title


def test_same_text_is_the_same_document(tmp_path: Path) -> None:
    first, second = read(written(tmp_path / "a.txt", "same\r\n")), read(written(tmp_path / "b.md", "same\n"))
    assert first.id == second.id
    assert (first.name, second.name) == ("a.txt", "b.md")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"\xef\xbb\xbf \r\n\t", "empty"),
        ("a.txt", b"ab\xffc", "not UTF-8: byte 2 (0xff)"),
        ("a.md", "阿里巴巴".encode("gb18030"), "not UTF-8: byte 0 (0xb0)"),
        ("a.txt", b"ab\0c", "binary: byte 2 is NUL"),
        ("a.txt", "text".encode("utf-16"), "not UTF-8: byte 0 begins a UTF-16 mark"),
        ("a.pdf", b"%PDF-1.4 and then nothing", "not readable as PDF"),
        ("a.docx", b"PK\x03\x04 and then nothing", "not a whole Office file"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "encrypted, or in the format before Office 2007"),
        ("a.html", b"<html><body></body></html>", "no main text"),
        ("a.rtf", b"{\\rtf1}", "unknown type .rtf: read are .txt, .text, .md"),
        ("a", b"text", "unknown type (no suffix)"),
    ],
)
def test_refused_with_the_reason(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    assert refused(written(tmp_path / name, data)).startswith(reason)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    assert refused(tmp_path / "folder.txt") == "not a regular file"
    assert refused(tmp_path / "pipe.txt") == "not a regular file"
    assert refused(tmp_path / "nothing.txt") == "there is no such file"


def test_limits_are_the_last_size_that_is_read(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", "é" * 100)
    assert len(read(path, text=100).text) == 100
    assert refused(path, text=99).startswith("too large")
    assert refused(path, file_bytes=199).startswith("too large")


def test_a_web_page_has_a_limit_of_its_own(tmp_path: Path) -> None:
    path = written(tmp_path / "a.html", PAGE)
    assert refused(path, page_bytes=len(PAGE.encode()) - 1).endswith("are read of a web page")


def test_html_keeps_the_article_only(tmp_path: Path) -> None:
    document = read(written(tmp_path / "a.html", PAGE))
    assert "agreed to buy Beta Ltd" in document.text
    assert "阿里巴巴 keeps its stake of 12% in Beta 𠮷." in document.text
    for left_out in ("Home page", "World news", "Gamma", "Delta", "Copyright"):
        assert left_out not in document.text
    assert (document.title, document.date, document.language) == ("Acme buys Beta", "2025-03-04", "en")


def test_html_lists_of_other_articles_inside_the_article_are_left_out(tmp_path: Path) -> None:
    body = "<p>阿里巴巴集團週二宣布，將以三十億元收購高德地圖的全部股份，雙方董事會都已批准，交易年內完成。</p>" * 3
    lists = """<p>延伸閱讀：</p><p><a href="/1">騰訊收購某公司</a></p>
    <p>Read more: <a href="/2">Gamma fires its chief</a></p><ul><li><a href="/3">京東裁員傳聞</a></li></ul>
    <p>據<a href="/4">路透</a>報導，<a href="/5">蔡崇信對此表示滿意。</a></p>"""
    text = read(
        written(tmp_path / "a.html", f"<html><body><div id=content>{body}{lists}{body}</div></body></html>")
    ).text
    assert "據路透報導，蔡崇信對此表示滿意。" in text
    assert not any(word in text for word in ("延伸閱讀", "騰訊", "Read more", "Gamma", "京東"))


def test_html_in_another_character_set(tmp_path: Path) -> None:
    body = "<p>阿里巴巴集团宣布，将以三十亿元人民币收购高德地图的全部股份，交易预计年内完成。</p>" * 3
    page = f'<html><head><meta charset="gb2312"><title>收购</title></head><body><article>{body}</article></body></html>'
    document = read(written(tmp_path / "a.html", page.encode("gb2312")))
    assert "收购高德地图的全部股份" in document.text
    assert document.language == "zh-Hans"


def test_pdf_pages_and_awkward_letters(make_pdf: MakePdf) -> None:
    document = read(make_pdf("a.pdf", ["阿里巴巴 buys 𠮷", "e\u0301te"], ["Second page"]))
    assert len(document.pages) == 2
    assert document.text[document.pages[1] :].startswith("Second page")
    quote = "buys 𠮷"
    start = document.text.index(quote)
    assert document.pages[0] <= start < document.pages[1]


def test_pdf_lines_broken_by_the_width_are_joined(make_pdf: MakePdf) -> None:
    lines = [
        "The company said on Tuesday that it would buy the rest of the",
        "shares of its smaller rival. The deal needs the consent of the",
        "authorities of both countries.",
        "A new paragraph begins here and runs on to the end of its line,",
        "and a little further.",
    ]
    text = read(make_pdf("a.pdf", lines)).text
    assert "buy the rest of the shares of its smaller rival" in text
    assert "both countries.\nA new paragraph" in text


def test_pdf_running_heads_and_page_numbers_are_left_out(make_pdf: MakePdf) -> None:
    pages = [
        ["Annual Report 2025", "It sold its shares of Sun Art to a fund in Hong", f"{number} of 4"]
        for number in range(1, 5)
    ]
    pages[1][1], pages[2][1] = (
        "Kong, which had bid for them twice before that",
        "A page of its own begins here, and it ends here.",
    )
    document = read(make_pdf("a.pdf", *pages))
    assert "Annual Report" not in document.text
    assert " of 4" not in document.text
    assert "to a fund in Hong Kong, which had bid" in document.text
    assert [document.text[start:][:5] for start in document.pages] == ["It so", "Kong,", "A pag", "It so"]


def test_chinese_pdf_lines_are_joined_without_a_space(make_pdf: MakePdf) -> None:
    lines = [
        "阿里巴巴集团主席蔡崇信在巴黎表示公司将继续投资人",
        "工智能基础设施并与欧洲的合作伙伴一起开发新的产品",
        "和服务。",
    ]
    assert "继续投资人工智能基础设施" in read(make_pdf("a.pdf", lines)).text


def test_pdf_without_text_and_with_a_password(make_pdf: MakePdf) -> None:
    assert refused(make_pdf("a.pdf", [])).startswith("no text in the PDF")
    assert refused(make_pdf("b.pdf", ["secret"], encrypted=True)).startswith("the PDF is encrypted")


def test_docx_paragraphs_tables_and_pages(tmp_path: Path) -> None:
    file = docx.Document()
    file.core_properties.title = "The title"
    file.add_paragraph("First page 𠮷, e\u0301").add_run().add_break(WD_BREAK.PAGE)
    file.add_paragraph("Second page")
    table = file.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Joe Tsai", "chairman"
    file.save(str(tmp_path / "a.docx"))
    document = read(tmp_path / "a.docx")
    assert document.text.split() == [
        "First",
        "page",
        "𠮷,",
        "e\u0301",
        "Second",
        "page",
        "Joe",
        "Tsai",
        "|",
        "chairman",
    ]
    assert document.title == "The title"
    assert len(document.pages) == 2
    assert document.text[document.pages[1] :].lstrip().startswith("Second page")


def test_docx_that_unpacks_to_too_much(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (200 * 2**20))
    assert (tmp_path / "bomb.docx").stat().st_size < 2**20
    assert refused(tmp_path / "bomb.docx").startswith("unpacks to 200 MB, at most 128 MB")


def test_archive_that_is_no_docx(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("other.txt", "text")
    assert refused(tmp_path / "a.docx").startswith("not readable as DOCX")


@given(data=st.binary(max_size=300), suffix=st.sampled_from([".txt", ".md", ".html", ".pdf", ".docx"]))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes, suffix: str) -> None:
    magic = {".pdf": b"%PDF-1.7\n", ".docx": b"PK\x03\x04", ".html": b"<html><p>"}.get(suffix, b"")
    found = read_document(written(tmp_path / f"a{suffix}", magic + data))
    assert isinstance(found, Problem) or found.text.strip()


def test_fingerprint_is_size_and_hash(tmp_path: Path) -> None:
    size, digest = fingerprint(written(tmp_path / "a.txt", b"abc" * 10**6))
    assert size == 3 * 10**6
    assert digest == fingerprint(written(tmp_path / "b.txt", b"abc" * 10**6))[1]
    assert digest != fingerprint(written(tmp_path / "c.txt", b"abc" * 10**6 + b"d"))[1]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the web pages to read are not beside this checkout")
def test_real_web_pages() -> None:
    documents = {path.name[:3]: read(path) for path in sorted(SEEDS.glob("*.txt"))}
    assert [document.language for document in documents.values()] == [
        "zh-Hant",
        "zh-Hans",
        "zh-Hans",
        "zh-Hans",
        "zh-Hant",
    ]
    assert documents["001"].date == "2026-06-18"
    assert documents["003"].title == "蔡崇信库克，双向奔赴"
    assert documents["003"].date == "2025-02-14"
