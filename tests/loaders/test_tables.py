import csv
import datetime as dt
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.model import Claim, Document, Referent
from graph.ontology import Ontology
from loaders.problems import Limits, Problem
from loaders.tables import TableFile, describe, read_table

MAPPING = """
title = "Stakes"
language = "en"
source = "Annual reports"
date = "2024"
predicate = "OWNS"
[subject]
kind = "company"
name = "owner"
names = ["owner_zh"]
[object]
kind = "company"
name = "held"
id = "ticker"
[attributes]
share_pct = "share"
start = "since"
status = "status"
"""
HEADER = "owner,owner_zh,held,ticker,share,since,status,unused\n"
ROW = 'Alibaba,阿里巴巴,"Sun, Art",6808,"78.7%",2020/10/19,completed,x\n'
SUN_ART = {"share_pct": 78.7, "start": "2020-10-19"}
FIXTURES = [HealthCheck.function_scoped_fixture]
Read = Callable[..., tuple[Document | None, list[Claim], list[Problem]]]


@pytest.fixture
def read(tmp_path: Path, ontology: Ontology) -> Read:
    """Writes a table and its mapping, and reads it."""

    def read(name: str, data: str | bytes, mapping: str | None = MAPPING, **limits: int) -> Any:
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        if mapping is not None:
            path.with_name(f"{path.stem}.mapping.toml").write_text(mapping, encoding="utf-8")
        found = list(read_table(TableFile(path), ontology, Limits(**limits)))
        documents = [item for item in found if isinstance(item, Document)]
        claims = [item for item in found if isinstance(item, Claim)]
        for claim in claims:
            assert documents[0].text[claim.start : claim.end] == claim.quote
        return next(iter(documents), None), claims, [item for item in found if isinstance(item, Problem)]

    return read


def test_a_mapped_csv(read: Read) -> None:
    document, claims, problems = read("t.csv", HEADER + ROW)
    assert problems == []
    assert document is not None
    assert (document.title, document.language, document.source, document.date) == (
        "Stakes",
        "en",
        "Annual reports",
        "2024",
    )
    assert document.text == HEADER + ROW
    assert claims == [
        Claim(
            document=document.id,
            subject=Referent("company:Alibaba", "Company", ("Alibaba", "阿里巴巴")),
            predicate="OWNS",
            object=Referent("6808", "Company", ("Sun, Art",)),
            quote=ROW.strip(),
            start=len(HEADER),
            end=len(HEADER) + len(ROW) - 1,
            attributes=SUN_ART,
            status="completed",
            method="table",
        )
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_delimiters_line_ends_and_byte_order_marks(read: Read, delimiter: str, end: str) -> None:
    rows = csv.reader(io.StringIO(HEADER + ROW))
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, lineterminator=end).writerows(rows)
    _, claims, problems = read("t.csv", "\ufeff" + file.getvalue())
    assert problems == []
    assert [(claim.object.names, dict(claim.attributes)) for claim in claims] == [(("Sun, Art",), SUN_ART)]


def test_a_cell_over_several_lines(read: Read) -> None:
    _, claims, problems = read("t.csv", HEADER + '"Ali\nbaba",,"𠮷野 ""A""",1,,,,\n\n' + ROW)
    assert problems == []
    assert [claim.quote for claim in claims] == ['"Ali\nbaba",,"𠮷野 ""A""",1,,,,', ROW.strip()]
    assert claims[0].subject.names == ("Ali baba",)
    assert claims[0].object.names == ('𠮷野 "A"',)
    assert dict(claims[0].attributes) == {}


def test_bad_rows_are_reported_and_the_rest_is_read(read: Read) -> None:
    bad = [
        "Alibaba,,,1,,,,",
        "Alibaba,,Held,1,,,perhaps,",
        "a,b,c,d,e,f,active,h,i,j",
        'Alibaba,,"open,1,,,,',
        'Alibaba,,"Held" x,1,,,,',
    ]
    _, claims, problems = read("t.csv", HEADER + ROW + "\n".join(bad) + "\n" + ROW)
    assert [claim.quote for claim in claims] == [ROW.strip()] * 2
    assert [(problem.line, problem.field) for problem in problems] == [
        (3, "held"),
        (4, "status"),
        (5, ""),
        (6, ""),
        (7, ""),
    ]
    assert [problem.reason.split(":")[0] for problem in problems] == [
        "at least one name is needed",
        '"perhaps" is no status',
        "10 cells, but the header has 8",
        "a quotation mark is opened and never closed",
        "not CSV",
    ]


def test_a_value_that_does_not_fit_is_kept_in_the_note(read: Read) -> None:
    _, claims, problems = read("t.csv", HEADER + "A,,B,,about half,soon,,\n")
    assert dict(claims[0].attributes) == {"note": "share_pct: about half; start: soon"}
    assert [(problem.field, problem.refused) for problem in problems] == [("share", False), ("since", False)]


def test_columns_that_speak_for_themselves(read: Read) -> None:
    table = (
        "Subject,predicate,object,subject_kind,subject_names,role,status,speaker\n"
        "Joe Tsai,holds role at,Alibaba,,蔡崇信; Tsai Chung-hsin,chairman,active,Eddie Wu\n"
        "Alibaba,OWNS,Amap,company,,,,\n"
    )
    _, claims, problems = read("t.csv", table, mapping=None)
    assert [(problem.line, problem.field) for problem in problems] == [(3, "object.kind")]
    assert len(claims) == 1
    assert claims[0].subject == Referent("person:Joe Tsai", "Person", ("Joe Tsai", "蔡崇信", "Tsai Chung-hsin"))
    assert (claims[0].object.kind, claims[0].status, dict(claims[0].attributes)) == (
        "Company",
        "active",
        {"role": "chairman"},
    )
    assert claims[0].speaker == Referent("person:Eddie Wu", "Person", ("Eddie Wu",))


def test_a_predicate_column(read: Read) -> None:
    mapping = MAPPING.replace('predicate = "OWNS"', 'predicate_column = "unused"\nstatus = "announced"')
    table = HEADER + "A,,B,,,,,acquired\nA,,B,,,,denied,OWNS\nA,,B,,,,,buys\n"
    _, claims, problems = read("t.csv", table, mapping)
    assert [(claim.predicate, claim.status) for claim in claims] == [("ACQUIRED", "announced"), ("OWNS", "denied")]
    assert [(problem.line, problem.field, problem.reason) for problem in problems] == [
        (4, "unused", '"BUYS" is no predicate of the ontology')
    ]


def test_kinds_and_a_speaker_out_of_columns(read: Read) -> None:
    mapping = """
    predicate = "OWNS"
    [subject]
    name = "owner"
    kind_column = "what"
    [object]
    name = "held"
    kind = "product"
    separator = "/"
    [speaker]
    name = "by"
    kind = "company"
    """
    table = "owner,what,held,by\nA,person,B/C,D\nE,Company,F,\nG,firm,H,\n"
    _, claims, problems = read("t.csv", table, mapping)
    assert [(claim.subject.kind, claim.object.names, claim.speaker) for claim in claims] == [
        ("Person", ("B", "C"), Referent("company:D", "Company", ("D",))),
        ("Company", ("F",), None),
    ]
    assert [(problem.line, problem.field) for problem in problems] == [(4, "what")]


def test_jsonl_keeps_numbers_and_lists(read: Read) -> None:
    rows: list[Any] = [
        {"owner": "Alibaba", "owner_zh": ["阿里巴巴", "阿里"], "held": 360, "share": 5, "since": 2024, "status": None},
        {"owner": "Alibaba", "held": {"a": 1}},
        ["no", "row"],
    ]
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + '\n{"a": NaN}\n'
    _, claims, problems = read("t.jsonl", text)
    assert [(claim.subject.names, claim.object.names) for claim in claims] == [
        (("Alibaba", "阿里巴巴", "阿里"), ("360",))
    ]
    assert dict(claims[0].attributes) == {"share_pct": 5, "start": "2024"}
    refused = [(problem.line, problem.field) for problem in problems if problem.refused]
    assert refused == [(2, "held"), (3, ""), (4, "")]


def workbook(path: Path) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["nothing here"])
    sheet = book.create_sheet("Stakes")
    sheet.append(["owner", "owner_zh", "held", "ticker", "share", "since", "status", "unused"])
    sheet.append(["Alibaba", "阿里巴巴", "Sun, Art", 6808, 78.7, dt.date(2020, 10, 19), "completed", None])
    sheet.append([None] * 8)
    sheet.append(["Alibaba", None, None, 1, 2, None, None, None])
    book.save(path)
    return path.read_bytes()


def test_xlsx(read: Read, tmp_path: Path) -> None:
    document, claims, problems = read("t.xlsx", workbook(tmp_path / "made.xlsx"), 'sheet = "Stakes"\n' + MAPPING)
    assert document is not None
    assert [(claim.object, dict(claim.attributes)) for claim in claims] == [
        (Referent("6808", "Company", ("Sun, Art",)), SUN_ART)
    ]
    assert json.loads(claims[0].quote)["since"] == "2020-10-19"
    assert [(problem.line, problem.field) for problem in problems] == [(4, "held")]


def test_xlsx_lines_are_rows_of_the_sheet(read: Read, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["B3"], book.active["C3"], book.active["B5"], book.active["B6"] = "owner", "held", "A", "B"
    book.active["C6"] = "C"
    book.save(tmp_path / "made.xlsx")
    document, claims, problems = read("t.xlsx", (tmp_path / "made.xlsx").read_bytes())
    assert document is not None
    assert [document.text[: claim.start].count("\n") + 1 for claim in claims] == [6]
    assert [(problem.line, problem.field) for problem in problems if problem.refused] == [(5, "held")]


def test_xlsx_with_a_cell_far_out(read: Read, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"], book.active["XFD1048576"] = "owner", "far"
    book.save(tmp_path / "made.xlsx")
    _, _, problems = read("t.xlsx", (tmp_path / "made.xlsx").read_bytes())
    assert [problem.reason.split(";")[0] for problem in problems] == [
        "too large: a sheet of 1,048,576 rows and 16,384 columns"
    ]


def test_xlsx_sheet_that_is_not_there(read: Read, tmp_path: Path) -> None:
    _, claims, problems = read("t.xlsx", workbook(tmp_path / "made.xlsx"), 'sheet = "Other"\n' + MAPPING)
    assert claims == []
    assert [problem.reason for problem in problems] == ['not readable as XLSX: sheet with name "Other" not found']


def test_parquet(read: Read, tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "owner": ["Alibaba", None],
            "owner_zh": [["阿里巴巴"], []],
            "held": ["Sun, Art", "B"],
            "ticker": [6808, 2],
            "share": [78.7, float("nan")],
            "since": [dt.date(2020, 10, 19), None],
            "status": ["completed", None],
        }
    )
    frame.write_parquet(tmp_path / "made.parquet")
    _, claims, problems = read("t.parquet", (tmp_path / "made.parquet").read_bytes())
    assert [(claim.subject.names, claim.object.id, dict(claim.attributes)) for claim in claims] == [
        (("Alibaba", "阿里巴巴"), "6808", SUN_ART)
    ]
    assert [(problem.line, problem.field) for problem in problems] == [(2, "owner")]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("t.csv", b"", "empty"),
        ("t.csv", b"owner,held\n\xff\xfe,x\n", "not UTF-8: byte 11"),
        ("t.csv", b"a\0b", "binary: byte 1 is NUL"),
        ("t.csv", b"owner,owner\nA,B\n", "two columns are called 'owner'"),
        ("t.csv", b"one,two\nA,B\n", "no such column; the table has one, two"),
        ("t.jsonl", b"{}\n", "no such column; the table has none"),
        ("t.xlsx", b"PK\x03\x04 and nothing", "not a whole Office file"),
        ("t.parquet", b"PAR1 and nothing PAR1", "not readable as Parquet"),
    ],
)
def test_files_that_are_no_table(read: Read, name: str, data: bytes, reason: str) -> None:
    document, claims, problems = read(name, data)
    assert (document, claims) == (None, [])
    assert [problem.reason.startswith(reason) and problem.refused for problem in problems] == [True]


def test_a_nul_byte_costs_its_own_row_only(read: Read) -> None:
    document, claims, problems = read(
        "t.csv", (HEADER + ROW + ROW.replace("a", "\0", 1) + ROW).replace("\n", "\r\n").encode()
    )
    assert document is not None
    assert [claim.quote for claim in claims] == [ROW.strip(), ROW.strip()]
    assert [document.text[claim.start : claim.end] for claim in claims] == [ROW.strip(), ROW.strip()]
    assert [(problem.line, problem.reason) for problem in problems] == [(3, "a NUL byte stands in it")]
    assert "\0" not in document.text


def test_a_nul_byte_costs_its_own_json_line_only(read: Read) -> None:
    good = '{"owner": "Alibaba", "held": "Sun Art"}\n'
    document, claims, problems = read("t.jsonl", (good + good.replace("Sun", "S\0n") + good).encode())
    assert document is not None
    assert [claim.object.names for claim in claims] == [("Sun Art",), ("Sun Art",)]
    assert [(problem.line, problem.reason) for problem in problems if problem.refused] == [
        (2, "a NUL byte stands in it")
    ]


@pytest.mark.parametrize(
    ("mapping", "field", "reason"),
    [
        ("predicate = ", "", "not valid TOML"),
        (MAPPING.replace('predicate = "OWNS"', ""), "predicate", "one of predicate and predicate_column"),
        (MAPPING + 'other = "x"\n[objekt]\nname = "x"\n', "objekt", "unknown"),
        (MAPPING.replace("names =", "nams ="), "subject.nams", "unknown"),
        (MAPPING.replace('name = "held"', ""), "object.name", "the column with the name is needed"),
        (MAPPING.replace('["owner_zh"]', '"owner_zh"'), "subject.names", "a list of columns"),
        (MAPPING.replace('"Stakes"', "5"), "title", "text was expected"),
        (MAPPING.replace('"share"', "5"), "attributes.share_pct", "text was expected"),
        ("attributes = 5\n" + MAPPING.split("[attributes]", maxsplit=1)[0], "attributes", "a table of"),
    ],
)
def test_mappings_that_are_wrong(read: Read, mapping: str, field: str, reason: str) -> None:
    document, claims, problems = read("t.csv", HEADER + ROW, mapping)
    assert (document, claims) == (None, [])
    assert [(Path(problem.file).name, problem.field) for problem in problems] == [("t.mapping.toml", field)]
    assert problems[0].reason.startswith(reason)


def test_a_column_that_is_not_there_is_noted(read: Read) -> None:
    _, claims, problems = read("t.csv", "owner,held\nA,B\n")
    assert len(claims) == 1
    assert {problem.field for problem in problems} == {"owner_zh", "ticker", "share", "since", "status"}
    assert not any(problem.refused for problem in problems)


def test_rows_and_text_have_limits(read: Read, tmp_path: Path) -> None:
    pl.DataFrame({"owner": ["A"] * 3, "held": ["B"] * 3}).write_parquet(tmp_path / "made.parquet")
    data = (tmp_path / "made.parquet").read_bytes()
    assert len(read("t.parquet", data, rows=3)[1]) == 3
    assert "too large: 3 rows, at most 2" in read("t.parquet", data, rows=2)[2][0].reason
    assert "too large" in read("t.parquet", data, text=50)[2][0].reason
    assert "too large" in read("t.csv", HEADER + ROW, text=50)[2][0].reason


def test_describe_says_what_would_happen(tmp_path: Path, ontology: Ontology) -> None:
    path = tmp_path / "t.csv"
    path.write_text(HEADER + ROW + "A,,,,,,,\n", encoding="utf-8")
    (tmp_path / "t.mapping.toml").write_text(MAPPING, encoding="utf-8")
    report = describe(TableFile(path), ontology)
    assert report.columns == (
        ("owner", "subject name"),
        ("owner_zh", "subject name"),
        ("held", "object name"),
        ("ticker", "object id"),
        ("share", "attribute share_pct"),
        ("since", "attribute start"),
        ("status", "attribute status"),
    )
    assert (report.unused, report.rows, report.claims) == (("unused",), 2, 1)
    assert [str(problem) for problem in report.problems] == [f"{path}:3: held: at least one name is needed"]


def test_describe_of_a_file_that_cannot_be_read(tmp_path: Path, ontology: Ontology) -> None:
    report = describe(TableFile(tmp_path / "none.csv"), ontology)
    assert (report.columns, report.claims) == ((), 0)
    assert [problem.reason for problem in report.problems] == ["there is no such file"]


LETTERS = st.text(st.sampled_from("ab,;\t|\"'\n\r 阿𠮷\u0301%5-./{}[]:\ufeff\u2028\x0b"), max_size=40)


@given(junk=st.lists(LETTERS | st.text(max_size=30), max_size=8))
@settings(max_examples=400, deadline=None, suppress_health_check=FIXTURES)
def test_spoiled_csv_never_stops_the_good_rows(read: Read, junk: list[str]) -> None:
    lines = [line.replace("\r", "").replace("\n", "") for line in junk]
    document, claims, problems = read("t.csv", HEADER + ROW + "".join(f"{line}\n" for line in lines) + ROW)
    assert document is not None
    good = [claim for claim in claims if claim.object.id == "6808"]
    assert good[0].quote == ROW.strip()
    assert good[-1].quote == ROW.strip()
    assert all(problem.line for problem in problems)


@given(cells=st.lists(st.lists(LETTERS, min_size=8, max_size=8), max_size=5))
@settings(max_examples=200, deadline=None, suppress_health_check=FIXTURES)
def test_whatever_is_written_as_csv_is_read_cell_by_cell(read: Read, cells: list[list[str]]) -> None:
    file = io.StringIO(newline="")
    rows = [["Owner", "", "Held", str(number), "", "", "", *row[:1]] for number, row in enumerate(cells)]
    csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    _, claims, _ = read("t.csv", HEADER + file.getvalue())
    assert [claim.object.id for claim in claims] == [str(number) for number in range(len(cells))]


@given(data=st.binary(max_size=300), suffix=st.sampled_from([".csv", ".jsonl", ".xlsx", ".parquet"]))
@settings(max_examples=300, deadline=None, suppress_health_check=FIXTURES)
def test_any_bytes_are_no_table(read: Read, data: bytes, suffix: str) -> None:
    magic = {".xlsx": b"PK\x03\x04", ".parquet": b"PAR1"}.get(suffix, b"")
    _, claims, problems = read(f"t{suffix}", magic + data + (b"PAR1" if suffix == ".parquet" else b""))
    assert claims == []
    assert problems
