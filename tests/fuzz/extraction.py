"""Whatever comes in as bytes becomes a sound article or a refusal with its sentence."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.language import say_error
from bot.types import Language
from index.article_rows import article_of, row_of
from index.clean import clean_line, clean_text
from index.errors import ExtractionError, FeedError
from index.feed_reading import _found, answer, read_page
from index.feeds import MOST_ENTRIES, Feed
from index.parsing import _extracted
from index.parsing import answer as answer_page
from index.split import split_passages
from index.types import Extracted, Given, Page
from tests.documents import (
    STYLES,
    Text,
    column,
    make_docx,
    make_pdf,
    make_zip,
    paragraph,
)
from tests.fuzz.parts import chosen, joined, parted

FETCHED = datetime(2026, 11, 22, 12, tzinfo=UTC)
ADDRESS = "https://zeitung.example/a/2026/11/20/b"
FOLDER = Path(__file__).parents[2]
CHARSETS = (None, "utf-8", "windows-1252", "iso-8859-1", "utf-16", "utf-7", "gb18030", "nonsense")
CORE = "<cp:coreProperties xmlns:cp='urn:cp' xmlns:dc='http://purl.org/dc/elements/1.1/'/>"
PROSE = (
    "Rund 8.000 Soldaten sind nach Angaben des Ministeriums in der Region Kursk eingetroffen. "
    "Das bestätigte ein Sprecher am Dienstag in Wien. Weitere Einzelheiten nannte er nicht."
)


def check(data: bytes) -> None:
    kind, rest = data[:1], data[1:]
    chosen(READERS, kind[0] if kind else 0)(rest)


def _web_page(rest: bytes) -> None:
    number, content = rest[:1], rest[1:]
    charset = chosen(CHARSETS, number[0] if number else 0)
    _read(Page(content, "text/html", charset, ADDRESS, "seite"))


def _saved_page(rest: bytes) -> None:
    _read(Page(rest, "text/html", None, None, "seite.html"))


def _plain(rest: bytes) -> None:
    _read(Page(rest, "text/plain", "utf-8", None, "text.txt"))


def _markdown(rest: bytes) -> None:
    _read(Page(rest, "text/markdown", "utf-8", None, "text.md"))


def _whatever(rest: bytes) -> None:
    _read(Page(rest, "", None, None, "datei"))


def _pdf(rest: bytes) -> None:
    _read(Page(rest, "application/pdf", None, None, "datei.pdf"))


def _mail(rest: bytes) -> None:
    _read(Page(rest, "message/rfc822", None, None, "brief.eml"))


def _docx(rest: bytes) -> None:
    _read(Page(rest, "application/zip", None, None, "datei.docx"))


def _docx_parts(rest: bytes) -> None:
    """Mutate what is in the archive: a mutated archive is mostly no archive any more."""
    document, styles, core = parted(rest, 3)
    parts = {"word/document.xml": document, "word/styles.xml": styles, "docProps/core.xml": core}
    archive = make_zip({name: content for name, content in parts.items() if content})
    _read(Page(archive, "application/zip", None, None, "datei.docx"))


def _linked_data(rest: bytes) -> None:
    script = b'<script type="application/ld+json">' + rest + b"</script>"
    page = b"<html><head>%s</head><body><h1>Kursk</h1><p>%s</p></body></html>"
    _read(Page(page % (script, PROSE.encode()), "text/html", "utf-8", ADDRESS, ADDRESS))


def _feed(rest: bytes) -> None:
    page = Page(rest, "application/xml", None, "https://zeitung.example/rss", "feed")
    try:
        found = read_page(page)
    except FeedError as error:
        _has_sentences(error)
        return
    assert _found(json.loads(answer(pickle.dumps(page)))) == (
        found if isinstance(found, Feed) else tuple(found)
    )
    if isinstance(found, Feed):
        assert len(found.entries) <= MOST_ENTRIES
        for entry in found.entries:
            assert entry.url.startswith(("http://", "https://"))
            assert entry.title == clean_line(entry.title)


READERS: tuple[Callable[[bytes], None], ...] = (
    _web_page,
    _saved_page,
    _plain,
    _markdown,
    _whatever,
    _pdf,
    _mail,
    _docx,
    _docx_parts,
    _linked_data,
    _feed,
)


class FaultError(AssertionError):
    """The process that reads pages would have met with a fault; says which."""


def _read(page: Page) -> None:
    # As the process answers that reads pages, and as its answer is taken in.
    answered = answer_page(pickle.dumps((page, Given(), FETCHED)))
    fault = json.loads(answered).get("trace")
    if fault is not None:
        raise FaultError(fault)
    try:
        extracted = _extracted(answered, page.source)
    except ExtractionError as error:
        if error.code == "page_breaks_parser":
            raise  # it was not understood what the process answered
        _has_sentences(error)
    else:
        _sound(extracted)


def _sound(extracted: Extracted) -> None:
    article = extracted.article
    assert article.text == clean_text(article.text), "offsets count into clean text"
    assert article.title == clean_line(article.title)
    assert article.outlet is None or article.outlet == clean_line(article.outlet)
    assert all(name == clean_line(name) for name in article.authors)
    for stated in (article.published, article.updated):
        # A day ahead: it is tomorrow already east of here.
        assert stated is None or stated.day <= FETCHED.date() + timedelta(1), "not yet"
    assert article_of((0, *row_of(article))).article == article, "as it is stored"
    passages = split_passages(article)
    shown = sum(not one.isspace() for passage in passages for one in passage.text)
    assert shown == sum(not one.isspace() for one in article.text), "nothing is lost"


def _has_sentences(error: ExtractionError | FeedError) -> None:
    for language in Language:
        assert say_error(language, error).strip()


def seeds() -> list[bytes]:
    tricks = sorted((FOLDER / "tests/pages/trick").glob("*.html"))
    samples = sorted((FOLDER / "bot/samples").glob("*.html"))[:3]
    pages = [b"\0\0" + path.read_bytes() for path in (*tricks, *samples)]
    texts = [path.read_bytes() for path in sorted((FOLDER / "bot/samples").glob("*.txt"))[:4]]
    plain = [bytes([kind]) + text for kind in (2, 3, 4) for text in texts]
    return [*pages, *plain, *_documents(), *_mails(), *_linked(), *_feeds()]


def _documents() -> list[bytes]:
    lines = [PROSE[:60], PROSE[60:120], PROSE[120:]]
    head = [Text(72, 760, "Soldaten in Kursk", 20)]
    pdf = make_pdf([*head, *column(72, 720, lines), *column(320, 720, lines)], info={"Title": "T"})
    body = paragraph("Soldaten in Kursk", "Titel") + paragraph(PROSE) + paragraph(PROSE, "", "")
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = f"<w:document {namespace}><w:body>{body}</w:body></w:document>"
    return [
        b"\5" + pdf,
        b"\7" + make_docx(paragraph("Kursk", "Titel"), paragraph(PROSE)),
        b"\x08" + joined(document, STYLES, CORE),
    ]


def _mails() -> list[bytes]:
    head = (
        "From: Morgenpost <post@zeitung.example>\r\nTo: a@b.example\r\nSubject: Fwd: =?utf-8?q?"
        "Soldaten_in_K=C3=BCrsk?=\r\nDate: Tue, 3 Nov 2026 08:00:00 +0100\r\nList-Id: <a.b>\r\n"
        "MIME-Version: 1.0\r\n"
    )
    plain = f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{PROSE}\r\n-- \r\nAnna"
    parts = (
        f'{head}Content-Type: multipart/alternative; boundary="x"\r\n\r\n--x\r\n'
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n{PROSE}\r\n--x\r\n"
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        "PGgxPkt1cnNrPC9oMT48cD5SdW5kIDguMDAwIFNvbGRhdGVuIHNpbmQgaW4gS3Vyc2suPC9wPg==\r\n--x--"
    )
    inner = f"Content-Type: message/rfc822\r\n\r\n{plain}"
    forwarded = f'{head}Content-Type: multipart/mixed; boundary="y"\r\n\r\n--y\r\n{inner}\r\n--y--'
    return [b"\6" + text.encode() for text in (plain, parts, forwarded)]


def _linked() -> list[bytes]:
    whole = {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": ["NewsArticle"],
                "headline": "Soldaten in Kursk",
                "datePublished": "2026-11-20T08:00:00+01:00",
                "dateModified": "2026-11-20",
                "author": [{"@type": "Person", "name": "Anna Muster"}, "Ben Beispiel"],
                "publisher": {"@type": "Organization", "name": "Zeitung"},
                "isAccessibleForFree": "False",
                "description": PROSE[:90],
                "mainEntityOfPage": {"@id": ADDRESS},
                "articleBody": PROSE,
            }
        ],
    }
    return [b"\x09" + json.dumps(whole).encode(), b"\x09[[[[{}]]]]"]


def _feeds() -> list[bytes]:
    entry = (
        "<title>Soldaten in &lt;b&gt;Kursk</title><link>https://zeitung.example/1</link><guid>1"
        "</guid><pubDate>Tue, 03 Nov 2026 08:00:00 GMT</pubDate><description><![CDATA[<p>Rund"
        "]]></description>"
    )
    rss = (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Z</title><ttl>9</ttl>'
        f"<item>{entry}</item></channel></rss>"
    )
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Z</title><entry><id>a</id><title '
        'type="html">K</title><link href="/1"/><updated>2026-11-03T08:00:00Z</updated><summary>S'
        "</summary></entry></feed>"
    )
    sitemap = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google'
        '.com/schemas/sitemap-news/0.9"><url><loc>https://zeitung.example/1</loc><lastmod>2026-11'
        "-03</lastmod><n:news><n:title>K</n:title></n:news></url></urlset>"
    )
    index = (
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>'
        "https://zeitung.example/s.xml</loc></sitemap></sitemapindex>"
    )
    listed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Z",
        "items": [{"id": 1, "url": "/1", "title": "K", "date_published": "2026-11-03T08:00:00Z"}],
    }
    page = '<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head></html>'
    texts = (rss, atom, sitemap, index, json.dumps(listed), page)
    return [b"\x0a" + text.encode() for text in texts]


DICTIONARY = (
    "<script>", "<style>", "display:none", "<details>", "<template>", "<svg>", "<meta ", "&#x200b;",
    "<table>", "<figure>", "<iframe", "content=", "@media", "calc(", "var(--a)", "<!--", "]]>",
    "datePublished", "1970-01-01", "2026-11-20", "<w:p>", "<w:r>", "<w:t>", "w:val=", "<!DOCTYPE ",
    "<!ENTITY ", "Content-Type: ", "boundary=", "=?utf-8?b?", "message/rfc822", "<item>", "<entry>",
    "<link>", "stream", "endobj", "/Length ", "/Kids", "/Encrypt", "\\ud800", "1e999", "null",
)  # fmt: skip
