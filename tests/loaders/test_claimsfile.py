import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.model import Claim, Document, Referent
from graph.ontology import Ontology, load_ontology
from loaders.claimsfile import claim_record, claimed_documents, read_claims, write_claims
from loaders.problems import Limits, Problem

TEXT = "\ufeff阿里巴巴 (Alibaba) bought 𠮷野 in 2024.\nIt bought 𠮷野 again. e\u0301te\n"
ONTOLOGY = load_ontology()
DOCUMENT = Document.of("a.txt", TEXT)
DOCUMENTS = {DOCUMENT.name: DOCUMENT}
QUOTE = "Alibaba) bought 𠮷野"
START = TEXT.index(QUOTE)
FIXTURES = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def record(**changes: Any) -> dict[str, Any]:
    good = {
        "document": "a.txt",
        "subject": {"id": "alibaba", "kind": "company", "names": ["阿里巴巴", "Alibaba"]},
        "predicate": "ACQUIRED",
        "object": {"id": "yoshino", "kind": "Company", "names": ["𠮷野"]},
        "attributes": {"status": "completed", "date": "2024", "share_pct": 12.5, "role": None},
        "quote": QUOTE,
        "start": START,
        "end": START + len(QUOTE),
    }
    return {name: value for name, value in (good | changes).items() if value is not ...}


def read(path: Path, lines: Iterable[object], **limits: int) -> tuple[list[Claim], list[Problem]]:
    texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    path.write_bytes("\n".join(texts).encode("utf-8", "surrogatepass"))
    found = list(read_claims(path, ONTOLOGY, DOCUMENTS.get, Limits(**limits)))
    return [item for item in found if isinstance(item, Claim)], [item for item in found if isinstance(item, Problem)]


def test_a_whole_claim(tmp_path: Path) -> None:
    speaker = {"id": "joe", "kind": "person", "names": ["Joe Tsai"]}
    claims, problems = read(tmp_path / "c.jsonl", [record(speaker=speaker, method="reader", confidence=1)])
    assert problems == []
    assert claims == [
        Claim(
            document=DOCUMENT.id,
            subject=Referent("alibaba", "Company", ("阿里巴巴", "Alibaba")),
            predicate="ACQUIRED",
            object=Referent("yoshino", "Company", ("𠮷野",)),
            quote=QUOTE,
            start=START,
            end=START + len(QUOTE),
            attributes={"date": "2024", "share_pct": 12.5},
            status="completed",
            speaker=Referent("joe", "Person", ("Joe Tsai",)),
            method="reader",
            confidence=1.0,
        )
    ]
    assert TEXT[claims[0].start : claims[0].end] == claims[0].quote


def test_speaker_as_a_name_and_ids_that_are_not_given(tmp_path: Path) -> None:
    ends = {"subject": {"kind": "person", "name": "Ford"}, "object": {"kind": "company", "name": "Ford"}}
    claims, problems = read(tmp_path / "c.jsonl", [record(**ends, speaker="Joe Tsai")])
    assert problems == []
    assert claims[0].speaker == Referent("person:Joe Tsai", "Person", ("Joe Tsai",))
    assert claims[0].subject.id != claims[0].object.id


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"document": ...}, "document", "missing"),
        ({"document": "b.txt"}, "document", "no document of the name 'b.txt'"),
        ({"document": 5}, "document", "missing"),
        ({"subject": "Alibaba"}, "subject", "an object"),
        ({"subject": {"kind": "firm", "names": ["A"]}}, "subject.kind", '"firm" is no kind'),
        ({"subject": {"kind": "company", "names": []}}, "subject.names", "at least one name"),
        ({"subject": {"kind": "company", "names": [""]}}, "subject.names", "at least one name"),
        ({"subject": {"kind": "company", "names": ["A", 5]}}, "subject.names", "text was expected"),
        ({"subject": {"kind": "company", "names": ["A" * 501]}}, "subject.names", "501 characters"),
        ({"subject": {"kind": "company", "names": ["A"], "id": {}}}, "subject.id", "text was expected"),
        ({"object": {"id": "alibaba", "kind": "company", "names": ["x"]}}, "object", "one entity"),
        ({"predicate": "BOUGHT"}, "predicate", '"BOUGHT" is no predicate'),
        ({"predicate": ["ACQUIRED"]}, "predicate", "is no predicate"),
        ({"predicate": "PARTY_TO"}, "predicate", "derived"),
        ({"predicate": "FAMILY_OF"}, "predicate", "does not go from company to company"),
        ({"attributes": {"status": "perhaps"}}, "status", '"perhaps" is no status'),
        ({"attributes": {"status": True}}, "status", "true is no status"),
        ({"attributes": []}, "attributes", "an object"),
        ({"attributes": {"date": ["2021", "2022"], "amount": [1, 2, 3]}}, "attributes.amount", "lists of different"),
        ({"quote": ...}, "quote", "missing"),
        ({"quote": ""}, "quote", "missing"),
        ({"quote": "not in it"}, "quote", "does not stand in the document word for word: not in it"),
        ({"quote": "bought 𠮷野", "start": 0, "end": 9}, "quote", "more than once"),
        ({"quote": "bought 𠮷野", "start": -1, "end": True}, "quote", "more than once"),
        ({"confidence": 1.5}, "confidence", "1.5 is no number from 0 to 1"),
        ({"confidence": "high"}, "confidence", "no number"),
        ({"method": 5}, "method", "text was expected"),
        ({"speaker": {"kind": "person"}}, "speaker.names", "at least one name"),
        ({"speaker": 5}, "speaker", "an object"),
    ],
)
def test_refused_with_field_and_reason(tmp_path: Path, changes: dict[str, Any], field: str, reason: str) -> None:
    claims, problems = read(tmp_path / "c.jsonl", [record(), "", record(**changes), record()])
    assert len(claims) == 2
    assert [(problem.line, problem.field, problem.refused) for problem in problems] == [(3, field, True)]
    assert reason in problems[0].reason
    assert problems[0].file == str(tmp_path / "c.jsonl")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON: "),
        ("[1]", "a JSON object was expected"),
        ('"text"', "a JSON object was expected"),
        ('{"a": NaN}', "NaN is no number"),
        ('{"a": -Infinity}', "-Infinity is no number"),
        ('{"a": 1, "a": 2}', "stands twice"),
        ('{"a": {"b": 1, "b": 1}}', "stands twice"),
        ('{"a": ' + "9" * 5000 + "}", "too many digits"),
        ('{"a": ' + "[" * 100 + "]" * 100 + "}", "nested too deep"),
        ("[" * 100_000, "nested too deep"),
        ('{"a": "\\ud83d"}', "half a character"),
        ('{"\\udc00": 1}', "half a character"),
        ('{"a": "\\u0000"}', "NUL"),
        ("\ud83d", "not UTF-8: byte 0"),
        ('{"a": "' + "b" * 2**20 + '"}', "too long"),
    ],
)
def test_lines_that_are_no_record(tmp_path: Path, line: str, reason: str) -> None:
    claims, problems = read(tmp_path / "c.jsonl", [record(), line, record()])
    assert len(claims) == 2
    assert [problem.line for problem in problems] == [2]
    assert reason in problems[0].reason


def test_a_backslash_before_u_is_no_nul(tmp_path: Path) -> None:
    claims, problems = read(tmp_path / "c.jsonl", [record(attributes={"note": "\\u0000 and é"})])
    assert (len(claims), problems) == (1, [])
    assert claims[0].attributes["note"] == "\\u0000 and é"


@pytest.mark.parametrize("changes", [{"start": ...}, {"start": None, "end": None}, {"start": 0}, {"end": 10**40}])
def test_a_wrong_place_is_mended_when_the_quote_stands_once(tmp_path: Path, changes: dict[str, Any]) -> None:
    claims, problems = read(tmp_path / "c.jsonl", [record(**changes)])
    assert [(claim.start, claim.end) for claim in claims] == [(START, START + len(QUOTE))]
    assert [(problem.field, problem.refused) for problem in problems] == [("start", False)]


def test_several_values_are_several_claims(tmp_path: Path) -> None:
    attributes = {"date": ["2021", "2025-04"], "amount": [5, 7], "status": "active", "currency": ["USD"]}
    claims, problems = read(tmp_path / "c.jsonl", [record(attributes=attributes)])
    assert [dict(claim.attributes) for claim in claims] == [
        {"date": "2021", "amount": 5, "currency": "USD"},
        {"date": "2025-04", "amount": 7, "currency": "USD"},
    ]
    assert [claim.status for claim in claims] == ["active", "active"]
    assert [problem.refused for problem in problems] == [False]


def test_values_that_do_not_fit_are_kept_in_the_note(tmp_path: Path) -> None:
    attributes = {"share_pct": "minority", "date": "2025-Q1", "note": "as told", "bad name!": 1}
    claims, problems = read(tmp_path / "c.jsonl", [record(attributes=attributes)])
    assert dict(claims[0].attributes) == {"note": "as told; share_pct: minority; date: 2025-Q1; bad name!: 1"}
    assert {problem.field for problem in problems} == {"attributes." + name for name in attributes if name != "note"}
    assert not any(problem.refused for problem in problems)


def test_unknown_attributes_are_kept_and_noted_once(tmp_path: Path) -> None:
    attributes = {
        "downloads": 10,
        "open_source": True,
        "tags": ["a", "b"],
        "roles": [{"role": "chair"}],
        "huge": 10**30,
    }
    claims, problems = read(tmp_path / "c.jsonl", [record(attributes=attributes)] * 3)
    kept = {
        "downloads": 10,
        "open_source": True,
        "tags": ["a", "b"],
        "roles": '[{"role": "chair"}]',
        "huge": str(10**30),
    }
    assert [dict(claim.attributes) for claim in claims] == [kept] * 3
    assert [(problem.line, problem.refused) for problem in problems] == [(1, False)] * len(attributes)


def test_numbers_are_one_value_however_written(tmp_path: Path) -> None:
    lines = [record(attributes={"share_pct": value}) for value in (3, 3.0, "3", "3.0%", "３")]
    claims, _ = read(tmp_path / "c.jsonl", lines)
    assert len({claim.id for claim in claims}) == 1


def test_quotes_have_a_longest(tmp_path: Path) -> None:
    assert len(read(tmp_path / "c.jsonl", [record()], quote=len(QUOTE))[0]) == 1
    claims, problems = read(tmp_path / "c.jsonl", [record()], quote=len(QUOTE) - 1)
    assert claims == []
    assert problems[0].field == "quote"


def test_file_that_cannot_be_read(tmp_path: Path, ontology: Ontology) -> None:
    assert list(read_claims(tmp_path / "none.jsonl", ontology, DOCUMENTS.get)) == [
        Problem(str(tmp_path / "none.jsonl"), 0, "", "there is no such file")
    ]


def test_claimed_documents(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_text('{"document": "a.txt"}\n{"document": "b.txt"}\n{"document": 5}\nno\n')
    assert claimed_documents(path) == {"a.txt", "b.txt"}


words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(
    lambda word: word == " ".join(word.split()) != ""
)
referents = st.builds(
    Referent,
    words,
    st.sampled_from(["Person", "Company"]),
    st.lists(words, min_size=1, max_size=3, unique=True).map(tuple),
)
attributes = st.fixed_dictionaries(
    {},
    optional={
        "role": words,
        "share_pct": st.integers(-(2**63) + 1, 2**63 - 1) | st.floats(-100, 100).map(lambda x: x if x % 1 else int(x)),
        "date": st.dates().map(lambda day: day.isoformat()[:7]),
        "current": st.booleans(),
        "products": st.lists(words, min_size=1, max_size=3),
        "own_field": words | st.booleans() | st.integers(-(2**63) + 1, 2**63 - 1),
    },
)


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    start = draw(st.integers(0, len(TEXT) - 2))
    end = draw(st.integers(start + 1, len(TEXT)))
    subject, company = draw(referents), draw(words)
    return Claim(
        document=DOCUMENT.id,
        subject=subject,
        predicate=draw(st.sampled_from(["FOUNDED", "OWNS", "MEMBER_OF"])),
        object=Referent(f"of {subject.id}", "Company", (company,)),
        quote=TEXT[start:end],
        start=start,
        end=end,
        attributes=draw(attributes),
        status=draw(st.none() | st.sampled_from(["active", "denied"])),
        speaker=draw(st.none() | referents),
        method=draw(st.sampled_from(["given", "reader"])),
        confidence=draw(st.floats(0, 1)),
    )


@given(written=st.lists(claims().filter(lambda claim: claim.quote.strip() != ""), max_size=5))
@settings(max_examples=200, deadline=None, suppress_health_check=FIXTURES)
def test_what_is_written_comes_back(tmp_path: Path, ontology: Ontology, written: list[Claim]) -> None:
    file = io.StringIO(newline="\n")
    assert write_claims(written, {DOCUMENT.id: DOCUMENT.name}, file) == len(written)
    path = tmp_path / "c.jsonl"
    path.write_text(file.getvalue(), encoding="utf-8", newline="\n")
    back = [item for item in read_claims(path, ontology, DOCUMENTS.get) if isinstance(item, Claim)]
    assert back == written


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
spoiled = st.builds(
    lambda name, value: json.dumps(record(**{name: value})),
    st.sampled_from(
        ["document", "subject", "predicate", "object", "attributes", "quote", "start", "end", "speaker", "status"]
    ),
    json_values,
)
inner_spoiled = st.builds(
    lambda end, name, value: json.dumps(record(**{end: {**record()[end], name: value}})),
    st.sampled_from(["subject", "object", "attributes"]),
    st.sampled_from(["id", "kind", "names", "date", "share_pct", "products", "current", "status"])
    | st.text(max_size=8),
    json_values,
)
cut = st.builds(
    lambda line, at, junk: line[:at] + junk + line[at + 1 :], spoiled, st.integers(0, 300), st.text(max_size=3)
)
noise = st.text(max_size=40) | json_values.map(json.dumps)


@given(lines=st.lists(spoiled | inner_spoiled | cut | noise, min_size=1, max_size=8))
@settings(max_examples=600, deadline=None, suppress_health_check=FIXTURES)
def test_spoiled_lines_never_stop_the_good_ones(tmp_path: Path, lines: list[str]) -> None:
    marker = record(method="marker")
    mixed = [marker, *(line.replace("\n", " ").replace("marker", "") for line in lines), marker]
    found, problems = read(tmp_path / "c.jsonl", mixed)
    assert sum(claim.method == "marker" for claim in found) == 2
    assert all(1 < problem.line < len(mixed) for problem in problems)
    for claim in found:
        assert TEXT[claim.start : claim.end] == claim.quote != ""
        json.dumps(claim_record(claim, "a.txt"), allow_nan=False).encode("utf-8")


@given(data=st.binary(max_size=400))
@settings(max_examples=300, deadline=None, suppress_health_check=FIXTURES)
def test_any_bytes_give_problems_only(tmp_path: Path, ontology: Ontology, data: bytes) -> None:
    path = tmp_path / "c.jsonl"
    path.write_bytes(data)
    assert all(isinstance(item, Problem) for item in read_claims(path, ontology, DOCUMENTS.get))


SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not here")
def test_the_seeds_are_read_without_a_problem(ontology: Ontology) -> None:
    texts = {
        path.name: Document.of(path.name, path.read_text(encoding="utf-8")) for path in SEEDS.glob("documents/*.md")
    }
    found = list(read_claims(SEEDS / "claims.jsonl", ontology, texts.get))
    assert len(found) >= 250
    assert [str(item) for item in found if isinstance(item, Problem)] == []
