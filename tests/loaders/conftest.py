"""What the tests of the loaders share: the built-in ontology, and a maker of PDF files."""

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.ontology import Ontology, load_ontology

MakePdf = Callable[..., Path]
FONT = "/Type /Font /BaseFont /F"
COLLECTION = "/Registry (Adobe) /Ordering (Identity) /Supplement 0"


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture
def make_pdf(tmp_path: Path) -> MakePdf:
    """Writes a PDF with these lines on its pages; the text is known by a ToUnicode map, as in real files."""

    def make(name: str, *pages: list[str], encrypted: bool = False) -> Path:
        path = tmp_path / name
        path.write_bytes(pdf_bytes(pages, encrypted=encrypted))
        return path

    return make


def pdf_bytes(pages: tuple[list[str], ...], *, encrypted: bool) -> bytes:
    letters = sorted({letter for page in pages for line in page for letter in line})
    code = {letter: number for number, letter in enumerate(letters, 1)}
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        f"<< {FONT} /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        f"<< {FONT} /Subtype /CIDFontType2 /DW 1000 /CIDSystemInfo << {COLLECTION} >> >>",
        stream(to_unicode(code)),
    ]
    for number, lines in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1200 842] /Contents {7 + 2 * number} 0 R "
            "/Resources << /Font << /F 3 0 R >> >> >>"
        )
        shown = "".join(f"<{''.join(f'{code[c]:04x}' for c in line)}> Tj 0 -20 Td\n" for line in lines)
        objects.append(stream(f"BT /F 12 Tf 40 780 Td\n{shown}ET"))
    return assembled(objects, encrypted=encrypted)


def stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def to_unicode(code: dict[str, int]) -> str:
    pairs = "\n".join(f"<{number:04x}> <{letter.encode('utf-16-be').hex()}>" for letter, number in code.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /C def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(code)} beginbfchar\n{pairs}\nendbfchar\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    )


def assembled(objects: list[str], *, encrypted: bool) -> bytes:
    out, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("ascii")
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >> /ID [<41> <41>]"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R {lock if encrypted else ''} >>"
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}\nstartxref\n{len(out)}\n%%EOF\n"
    return out + end.encode("ascii")
