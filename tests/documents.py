"""Small documents of each kind, written by hand: no program that makes them is needed."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = (
    f"<w:styles {W}>"
    '<w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>'
    '<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>'
    "</w:styles>"
)


@dataclass(frozen=True)
class Text:
    """Words at a place on a page, in points from its lower left corner."""

    x: float
    y: float
    words: str
    size: float = 10
    options: str = ""  # operators before the words: "3 Tr" for invisible, "1 g" for white
    angle: int = 0


def make_pdf(
    *pages: Sequence[Text], info: Mapping[str, str] | None = None, trailer: str = ""
) -> bytes:
    """Write a PDF of A4 pages in Helvetica; `info` is its metadata."""
    objects: list[bytes] = []
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects.append(b"<</Type/Catalog/Pages 2 0 R>>")
    objects.append(f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode())
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    for number, texts in enumerate(pages):
        content = b"\n".join(map(_operators, texts))
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {5 + 2 * number} 0 R"
            "/Resources<</Font<</F 3 0 R>>>>>>".encode()
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    stated = "".join(f"/{name}({value})" for name, value in (info or {}).items())
    objects.append(f"<<{stated}>>".encode("cp1252"))
    return _file(objects, f"/Info {len(objects)} 0 R{trailer}")


def _operators(text: Text) -> bytes:
    escaped = text.words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    matrix = {0: "1 0 0 1", 90: "0 1 -1 0", 180: "-1 0 0 -1", 270: "0 -1 1 0"}[text.angle]
    place = f"{matrix} {text.x} {text.y} Tm"
    begin = f"q BT /F {text.size} Tf {text.options} {place} ("
    return begin.encode() + escaped.encode("cp1252") + b") Tj ET Q"


def _file(objects: Sequence[bytes], trailer: str) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += f"trailer<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\n".encode()
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % table)


# Of a password that nobody knows: what a reader sees first of such a file.
ENCRYPTED = (
    "/Encrypt<</Filter/Standard/V 1/R 2/Length 40/P -44"
    f"/O<{'3a' * 32}>/U<{'5b' * 32}>>>/ID[<{'00' * 16}><{'00' * 16}>]"
)


def column(x: float, top: float, lines: Sequence[str], size: float = 10) -> list[Text]:
    """Return lines below each other, as narrow as they are."""
    return [Text(x, top - 1.2 * size * i, line, size) for i, line in enumerate(lines)]


def paragraph(words: str, style: str = "", run: str = "") -> str:
    """Return a paragraph of a Word document; `run` holds properties of its letters."""
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return (
        f"<w:p>{named}<w:r><w:rPr>{run}</w:rPr>"
        f'<w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>'
    )


def make_docx(
    *paragraphs: str,
    core: Mapping[str, str] | None = None,
    more: Mapping[str, bytes] | None = None,
    head: str = "",
) -> bytes:
    """Write a Word document of paragraphs; `core` is its metadata, `more` are further parts."""
    stated = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in (core or {}).items())
    parts = {
        "word/document.xml": f"{head}<w:document {W}><w:body>{''.join(paragraphs)}</w:body>"
        "</w:document>",
        "word/styles.xml": STYLES,
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="urn:cp" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:dcterms="http://purl.org/dc/terms/">{stated}</cp:coreProperties>',
    }
    return make_zip({name: text.encode() for name, text in parts.items()} | dict(more or {}))


def make_zip(parts: Mapping[str, bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()
