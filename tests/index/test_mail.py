from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from index.errors import ExtractionError
from index.mail import read_mail
from index.types import DateOrigin, Published

PLAIN = "Der Rat von Linden hat den Haushalt beschlossen. Bürgermeisterin Öztürk lobt ihn."
MOMENT = datetime(2024, 11, 1, 8, 30, tzinfo=timezone(timedelta(hours=1)))


def make_mail(plain: str | None = PLAIN, page: str | None = None, **headers: str) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    stated = {
        "Subject": "Linden beschließt den Haushalt",
        "From": '"Lindener Bote" <post@bote.example>',
        "Date": "Fri, 01 Nov 2024 08:30:00 +0100",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    for name, value in stated.items():
        mail[name] = value
    if plain is not None:
        mail.set_content(plain)
    if page is not None:
        if plain is None:
            mail.set_content(page, subtype="html")
        else:
            mail.add_alternative(page, subtype="html")
    return mail


def refused(content: bytes) -> str:
    with pytest.raises(ExtractionError) as caught:
        read_mail(content, "a.eml")
    assert caught.value.details == {"source": "a.eml"}
    return caught.value.code


def test_a_mail_has_headline_moment_and_text() -> None:
    read = read_mail(make_mail().as_bytes(), "a.eml")
    assert read.title == "Linden beschließt den Haushalt"
    assert read.published == Published(date(2024, 11, 1), DateOrigin.METADATA, MOMENT)
    assert (read.plain or "").strip() == PLAIN
    assert read.web_page is None


@pytest.mark.parametrize("transfer", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252"])
def test_every_way_of_packing_letters_is_undone(transfer: str, charset: str) -> None:
    mail = make_mail(None)
    mail.set_content(PLAIN, charset=charset, cte=transfer)
    assert (read_mail(mail.as_bytes(), "a.eml").plain or "").strip() == PLAIN


def test_a_wrongly_declared_charset_is_seen_through() -> None:
    raw = b"Subject: x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + PLAIN.encode("cp1252")
    assert read_mail(raw, "a.eml").plain == PLAIN
    unknown = b"Subject: x\r\nContent-Type: text/plain; charset=klingon\r\n\r\n" + PLAIN.encode()
    assert read_mail(unknown, "a.eml").plain == PLAIN


def test_a_header_in_raw_or_packed_letters_is_read() -> None:
    packed = b"Subject: =?iso-8859-1?Q?Gr=FC=DFe_aus?= =?utf-8?B?IEvDtmxu?=\r\n\r\nText hier.\r\n"
    assert read_mail(packed, "a.eml").title == "Grüße aus Köln"
    broken = b"Subject: =?utf-8?Q?Gr=FF=?=\r\nDate: gestern\r\n\r\nText hier.\r\n"
    assert read_mail(broken, "a.eml").published is None


@pytest.mark.parametrize("before", ["Fwd: ", "WG: ", "AW: Re: ", "Re[2]: ", "FW: WG: "])
def test_marks_of_answering_and_forwarding_are_no_headline(before: str) -> None:
    mail = make_mail(Subject=f"{before}Haushalt: Rat stimmt zu")
    assert read_mail(mail.as_bytes(), "a.eml").title == "Haushalt: Rat stimmt zu"


def test_the_page_of_a_newsletter_has_no_tables_no_hidden_words_and_no_footer() -> None:
    page = (
        '<div style="display:none">Vorschau, die keiner sieht</div>'
        '<table><tr><td><a href="https://x.example">Im Browser ansehen</a></td></tr>'
        f"<tr><td><h1>Haushalt</h1><p>{PLAIN}</p></td></tr>"
        "<tr><td>Sie erhalten diesen Newsletter, weil Sie ihn bestellt haben.</td></tr>"
        "<tr><td>Lindener Bote GmbH, Hauptstraße 1</td></tr></table>"
    )
    read = read_mail(make_mail(page=page).as_bytes(), "a.eml").web_page or ""
    assert PLAIN in read
    for gone in ("<table", "<td", "Vorschau", "Browser", "Newsletter", "GmbH"):
        assert gone not in read


def test_signature_and_footer_of_a_plain_newsletter_are_cut() -> None:
    text = f"Diese Mail im Browser ansehen: https://x.example\n\n{PLAIN}\n\n"
    for end in ("-- \nLindener Bote\nTel. 1", "Vom Newsletter abmelden: https://x.example\nBote"):
        assert (read_mail(make_mail(text + end).as_bytes(), "a.eml").plain or "").strip() == PLAIN


def test_who_writes_to_many_is_an_outlet_and_who_writes_to_one_is_not() -> None:
    newsletter = make_mail(List_Unsubscribe="<https://x.example>")
    assert read_mail(newsletter.as_bytes(), "a.eml").outlet == "Lindener Bote"
    bare = make_mail(List_Id="bote", From="post@bote.example")
    assert read_mail(bare.as_bytes(), "a.eml").outlet == "bote.example"
    assert read_mail(make_mail().as_bytes(), "a.eml").outlet is None


def test_a_forwarded_mail_gives_its_own_headline_and_no_date_of_forwarding() -> None:
    head = "-------- Weitergeleitete Nachricht --------\nBetreff: Rat stimmt zu\nDatum: gestern\n"
    read = read_mail(make_mail(f"Schau mal!\n\n{head}Von: Bote\n\n{PLAIN}").as_bytes(), "a.eml")
    assert read.title == "Rat stimmt zu"
    assert read.published is None
    assert (read.plain or "").strip() == PLAIN


def test_a_mail_attached_to_a_mail_is_the_one_meant() -> None:
    outer = make_mail("Zur Kenntnis.", Subject="Schau mal", Date="Mon, 04 Nov 2024 10:00:00 +0100")
    outer.add_attachment(make_mail())
    read = read_mail(outer.as_bytes(), "a.eml")
    assert read.title == "Linden beschließt den Haushalt"
    assert read.published == Published(date(2024, 11, 1), DateOrigin.METADATA, MOMENT)


def test_attached_files_are_passed_over() -> None:
    mail = make_mail()
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="a.pdf")
    mail.add_attachment("Angehängter Text.", filename="b.txt")
    assert (read_mail(mail.as_bytes(), "a.eml").plain or "").strip() == PLAIN


def test_what_has_no_text_is_refused() -> None:
    assert refused(make_mail(" \n").as_bytes()) == "document_without_text"
    assert refused(b"") == "document_without_text"
    only_file = EmailMessage()
    only_file.add_attachment(b"x", maintype="image", subtype="png", filename="a.png")
    assert refused(only_file.as_bytes()) == "document_without_text"
    locked = b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\nMIAG\r\n"
    assert refused(locked) == "document_encrypted"


def test_thousands_of_parts_and_endless_nesting_are_refused() -> None:
    mail = make_mail()
    mail.make_mixed()
    mail.set_boundary("b")
    parts = b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n" * 5000
    head = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    assert refused(head + parts + b"--b--") == "document_too_large"
    deep = b"Content-Type: message/rfc822\r\n\r\n" * 3000 + b"Subject: x\r\n\r\nText."
    assert refused(deep) in {"document_too_large", "document_broken", "document_without_text"}
