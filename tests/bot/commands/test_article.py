from __future__ import annotations

import pytest
from discord import Permissions

from bot.commands import attachments, conversation, progress
from bot.commands.suggestions import article_id_in, choice_name
from bot.desk import Desk
from bot.excerpt import units
from bot.types import Language
from index.errors import NotFoundError
from index.types import StoredArticle
from tests.bot.conftest import PAGE, QUESTION, SENTENCE, Website, kursk
from tests.bot.discord_markdown import read
from tests.discord_server import Channel, DiscordServer, Guild, Member, Upload
from tests.documents import ENCRYPTED, Text, make_docx, make_pdf, make_zip, paragraph

pytestmark = pytest.mark.usefixtures("client")


async def ask(member: Member, channel: Channel) -> str:
    exchange = await member.slash(channel, "ask", {"question": QUESTION})
    return read((await exchange.final_message()).content).text


async def test_an_administrator_adds_a_page_by_its_address(
    website: Website, channel: Channel, admin: Member, member: Member
) -> None:
    website.pages["/kursk"] = PAGE
    exchange = await admin.slash(channel, "article add", {"url": f"{website.address}/kursk"})
    receipt = read((await exchange.final_message()).content).text
    assert exchange.deferred
    assert exchange.ephemeral
    assert receipt.startswith("Hinzugefügt als Nr. 1: Soldaten in Kursk")
    assert SENTENCE in await ask(member, channel)


async def test_what_takes_long_says_so_meanwhile(
    website: Website, channel: Channel, admin: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversation, "_PATIENCE_S", 0.0)
    website.pages["/kursk"] = PAGE
    exchange = await admin.slash(channel, "article add", {"url": f"{website.address}/kursk"})
    meanwhile = await exchange.final_message()
    assert meanwhile.content == "Einen Moment, ich lese noch …"
    final = await exchange.final_message(matching=lambda message: "lese" not in message.content)
    assert final.content.startswith("Hinzugefügt")
    assert exchange.edits == 2


async def test_an_address_without_a_page_is_refused_with_a_reason(
    website: Website, channel: Channel, admin: Member
) -> None:
    for url in (f"{website.address}/weg", "http://10.0.0.1/", "kursk", "file:///etc/passwd", " "):
        exchange = await admin.slash(channel, "article add", {"url": url})
        text = (await exchange.final_message()).content
        assert text
        assert "Hinzugefügt" not in text
        assert "schiefgegangen" not in text


async def test_an_administrator_pastes_a_text_into_a_form(
    channel: Channel, admin: Member, member: Member
) -> None:
    opened = await admin.slash(channel, "article add")
    form = await opened.modal()
    assert not opened.deferred
    exchange = await form.submit(
        {
            "Überschrift": "Soldaten in Kursk",
            "Text": f"Der Rat beriet lange. {SENTENCE}",
            "Medium": "Tagesblatt",
            "Erschienen am": "1.11.2024",
            "Adresse": "https://nachrichten.example/kursk",
        }
    )
    receipt = read((await exchange.final_message()).content)
    assert exchange.ephemeral
    assert receipt.text.endswith("Nr. 1: Soldaten in Kursk · Tagesblatt · 1. November 2024")
    assert receipt.links == [("Soldaten in Kursk", "https://nachrichten.example/kursk")]
    assert SENTENCE in await ask(member, channel)


async def test_only_the_text_of_the_form_is_required(channel: Channel, admin: Member) -> None:
    form = await (await admin.slash(channel, "article add")).modal()
    text = f"Soldaten in Kursk\n\nDer Rat beriet lange. {SENTENCE}"
    exchange = await form.submit({"text": text})
    receipt = read((await exchange.final_message()).content).text
    assert receipt == "Hinzugefügt als Nr. 1: Soldaten in Kursk · Datum unbekannt"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("published", "**gestern**", "„**gestern**“ verstehe ich nicht als Tag"),
        ("url", "[x](y)", "„[x](y)“ ist keine Webadresse"),
    ],
)
async def test_what_is_typed_wrong_is_named(
    channel: Channel, admin: Member, field: str, value: str, sentence: str
) -> None:
    form = await (await admin.slash(channel, "article add")).modal()
    exchange = await form.submit({"text": SENTENCE, field: value})
    shown = read((await exchange.final_message()).content)
    assert sentence in shown.text
    assert not shown.acts


@pytest.mark.parametrize(
    "upload",
    [
        Upload("kursk.txt", f"Kursk\n\n{SENTENCE}".encode(), "text/plain; charset=utf-8"),
        Upload("kursk.md", f"# Kursk\n\n{SENTENCE}".encode()),
        Upload("kursk.HTML", PAGE.encode(), "text/html; charset=utf-8"),
        Upload("kursk", f"Kursk\n\n{SENTENCE}".encode(), "text/plain"),
        Upload("kursk.pdf", make_pdf([Text(50, 700, SENTENCE)]), "application/pdf"),
        Upload("kursk.docx", make_docx(paragraph(SENTENCE))),
        Upload("kursk.eml", f"Subject: Kursk\nFrom: a@a.example\n\n{SENTENCE}".encode()),
        Upload("falsch.txt", make_pdf([Text(50, 700, SENTENCE)]), "text/plain"),
    ],
    ids=lambda upload: upload.filename,
)
async def test_an_administrator_adds_a_file(
    channel: Channel, admin: Member, member: Member, upload: Upload
) -> None:
    exchange = await admin.slash(
        channel, "article add", {"url": "https://nachrichten.example/k"}, attachments=[upload]
    )
    receipt = read((await exchange.final_message()).content)
    assert receipt.text.startswith("Hinzugefügt als Nr. 1")
    assert receipt.links[0][1] == "https://nachrichten.example/k"
    assert SENTENCE in await ask(member, channel)


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (Upload("bild.png", b"12345", "image/png"), "Ich nehme Dateien mit"),
        (Upload("@everyone.exe", b"12345"), "@everyone.exe"),
        (Upload("leer.txt", b" \n ", "text/plain"), "Da steht nichts"),
        (Upload("bild.pdf", make_pdf([]), "application/pdf"), "steht kein Text"),
        (Upload("geheim.pdf", make_pdf([], trailer=ENCRYPTED)), "verschlüsselt"),
        (Upload("kaputt.pdf", b"%PDF-1.4"), "beschädigt"),
        (Upload("@everyone.docx", make_docx(head="<!DOCTYPE w>")), "@everyone.docx"),
        (Upload("alt.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "nichts anfangen"),
        (Upload("bilder.docx", make_zip({"a.png": b""})), "nichts anfangen"),
    ],
    ids=lambda value: value.filename if isinstance(value, Upload) else "",
)
async def test_a_file_that_cannot_be_read_is_refused_with_a_reason(
    channel: Channel, admin: Member, upload: Upload, sentence: str
) -> None:
    exchange = await admin.slash(channel, "article add", attachments=[upload])
    shown = read((await exchange.final_message()).content)
    assert sentence in shown.text
    assert not shown.effects


async def test_a_file_that_is_too_large_is_refused_before_it_is_fetched(
    channel: Channel, admin: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "ATTACHMENT_LIMIT", 3 * 1024 * 1024)
    upload = Upload("lang.txt", b"a" * (3 * 1024 * 1024 + 1), "text/plain")
    exchange = await admin.slash(channel, "article add", attachments=[upload])
    assert (await exchange.final_message()).content == "„lang.txt“ ist zu groß. Bis zu 3 MiB gehen."


async def test_several_files_are_added_each_with_its_receipt_or_its_reason(
    desk: Desk, guild: Guild, channel: Channel, admin: Member
) -> None:
    names = ["eins", "zwei", "drei"]
    uploads = [
        Upload(f"{name}.txt", f"Ort {name}\n\nHier ist {name}. {SENTENCE}".encode())
        for name in names
    ]
    uploads[2:2] = [Upload("*bild*.pdf", make_pdf([])), Upload("x.exe", b"x")]
    exchange = await admin.slash(channel, "article add", attachments=uploads)
    shown = read((await exchange.final_message()).content)
    lines = shown.text.splitlines()
    assert len(lines) == 5
    assert ["Hinzugefügt" in line for line in lines] == [True, True, False, False, True]
    assert "*bild*.pdf: Darin steht kein Text" in lines[2]
    assert "„x.exe“ kann ich nicht lesen" in lines[3]
    assert set(shown.effects) == {"list"}
    assert len(await desk.headlines(str(guild.id))) == 3


async def test_how_far_several_files_are_is_said_meanwhile(
    channel: Channel, admin: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "PAUSE_S", 0.0)
    uploads = [Upload(f"{n}.txt", f"{SENTENCE} Datei {n}.".encode()) for n in range(3)]
    exchange = await admin.slash(channel, "article add", attachments=uploads)
    meanwhile = await exchange.final_message()
    assert "von 3 Dateien gelesen" in meanwhile.content
    report = await exchange.final_message(matching=lambda one: "Hinzugefügt" in one.content)
    assert report is meanwhile


async def test_what_several_files_came_to_fits_into_one_message(
    channel: Channel, admin: Member
) -> None:
    refused = [Upload(f"{n}{'*' * 200}.pdf", make_pdf([])) for n in range(5)]
    title = "Ein langer Titel mit *Sternchen* und _Strichen_ " * 20
    added = [
        Upload(f"{n}.html", f"<h1>{n} {title}</h1><p>{SENTENCE} {n}.</p>".encode())
        for n in range(5)
    ]
    for uploads in (refused, added):
        exchange = await admin.slash(channel, "article add", attachments=uploads)
        assert len(read((await exchange.final_message()).content).text.splitlines()) == 5


async def test_an_address_for_several_files_is_refused(channel: Channel, admin: Member) -> None:
    uploads = [Upload(f"{n}.txt", SENTENCE.encode()) for n in range(2)]
    exchange = await admin.slash(
        channel, "article add", {"url": "https://a.example/"}, attachments=uploads
    )
    assert "gehört zu einer einzelnen Datei" in (await exchange.final_message()).content


async def test_who_does_not_manage_the_server_is_refused_in_the_handler(
    desk: Desk, guild: Guild, channel: Channel, admin: Member, member: Member
) -> None:
    await desk.add_article(str(guild.id), kursk())
    for command, options in (
        ("article add", {}),
        ("article add", {"url": "https://nachrichten.example/x"}),
        ("article list", {}),
        ("article remove", {"article": "1"}),
    ):
        exchange = await member.slash(channel, command, options, enforce_permissions=False)
        message = await exchange.final_message()
        assert message.content == "Das darf nur, wem es die Verwaltung dieses Servers erlaubt."
        assert message.ephemeral
    offered = await member.autocomplete(
        channel, "article remove", {"article": ""}, focused="article", enforce_permissions=False
    )
    assert offered == []
    assert len(await desk.headlines(str(guild.id))) == 1


async def test_a_right_that_was_withdrawn_counts_for_forms_and_buttons_too(
    desk: Desk, guild: Guild, channel: Channel, admin: Member
) -> None:
    for number in range(20):
        await desk.add_article(str(guild.id), kursk(text=f"Nummer {number}.", url=None))
    form = await (await admin.slash(channel, "article add")).modal()
    listed = await (await admin.slash(channel, "article list")).final_message()
    admin.roles.clear()
    for exchange in (await form.submit({"text": SENTENCE}), await admin.click(listed, "Weiter")):
        last = await exchange.final_message(matching=lambda message: "darf nur" in message.content)
        assert last.ephemeral
    assert len(await desk.headlines(str(guild.id))) == 20


async def test_the_commands_are_offered_to_administrators_of_a_server_only(
    discord_server: DiscordServer, guild: Guild, channel: Channel, admin: Member, member: Member
) -> None:
    article = discord_server.commands.find(None, "article", 1)
    ask = discord_server.commands.find(None, "ask", 1)
    assert article is not None
    assert ask is not None
    owner = guild.add_member("Olga", permissions=Permissions(administrator=True))
    assert [who.sees(article, channel) for who in (admin, owner, member)] == [True, True, False]
    assert member.sees(ask, channel)
    for command in (article, ask):
        assert command["contexts"] == [0]
        assert command["integration_types"] == [0]
    assert article["name_localizations"] == {"de": "artikel"}
    assert ask["name_localizations"] == {"de": "frage"}
    names = [option["name_localizations"]["de"] for option in article["options"]]
    assert names[:3] == ["hinzufügen", "liste", "entfernen"]
    assert names[3:] == ["zeigen", "änderungen", "auffrischen"]


async def test_somebody_with_all_rights_may_do_it(guild: Guild, channel: Channel) -> None:
    owner = guild.add_member("Olga", permissions=Permissions(administrator=True))
    exchange = await owner.slash(channel, "article list")
    assert "noch keine Artikel" in (await exchange.final_message()).content


async def test_a_long_list_is_turned_page_by_page(
    desk: Desk, guild: Guild, channel: Channel, admin: Member
) -> None:
    for number in range(20):
        await desk.add_article(
            str(guild.id), kursk(title=f"Titel {number}", text=f"Nummer {number}.", url=None)
        )
    exchange = await admin.slash(channel, "article list")
    message = await exchange.final_message()
    assert message.ephemeral
    assert "20 Artikel, Seite 1 von 3" in read(message.content).text
    assert "Titel 19" in message.content
    for button, page in (("Weiter", 2), ("Weiter", 3), ("Weiter", 1), ("Zurück", 3), ("Zurück", 2)):
        await (await admin.click(message, button)).final_message()
        assert f"Seite {page} von 3" in message.content


async def test_a_short_list_has_no_buttons(
    desk: Desk, guild: Guild, channel: Channel, admin: Member
) -> None:
    await desk.add_article(str(guild.id), kursk())
    message = await (await admin.slash(channel, "article list")).final_message()
    assert read(message.content).text == (
        "1 Artikel, Seite 1 von 1\n1 · Soldaten in Kursk · Tagesblatt · 1. November 2024"
    )
    assert not message.buttons


async def test_an_article_is_found_by_words_of_its_title_and_removed(
    desk: Desk, guild: Guild, channel: Channel, admin: Member, member: Member
) -> None:
    await desk.add_article(str(guild.id), kursk())
    await desk.add_article(
        str(guild.id), kursk(title="Bahnstreik", text="Die Bahn steht still.", url=None)
    )
    offered = await admin.autocomplete(
        channel, "article remove", {"article": "KURSK soldat"}, focused="article"
    )
    assert offered == [{"name": "1 · Soldaten in Kursk · 1. November 2024", "value": "1"}]
    exchange = await admin.slash(channel, "article remove", {"article": offered[0]["value"]})
    assert (await exchange.final_message()).content.startswith("Entfernt: [Soldaten in Kursk]")
    assert exchange.ephemeral
    assert "8.000" not in await ask(member, channel)


async def test_no_more_articles_are_suggested_than_discord_takes(
    desk: Desk, guild: Guild, channel: Channel, admin: Member
) -> None:
    for number in range(30):
        await desk.add_article(
            str(guild.id), kursk(title="😀 lang " * 40, text=f"Nummer {number}.", url=None)
        )
    offered = await admin.autocomplete(
        channel, "article remove", {"article": ""}, focused="article"
    )
    assert len(offered) == 25


@pytest.mark.parametrize("typed", ["99", "Kursk", "-1", "1.0", "²", "9" * 30, "@everyone", "0"])
async def test_a_typed_article_that_is_none_is_named(
    channel: Channel, admin: Member, typed: str
) -> None:
    exchange = await admin.slash(channel, "article remove", {"article": typed})
    shown = read((await exchange.final_message()).content)
    assert f"Einen Artikel mit der Nummer {typed} gibt es hier nicht." in shown.text
    assert not shown.acts


def test_an_article_number_is_read_with_blanks_around_it() -> None:
    assert article_id_in(" 12 ") == 12
    with pytest.raises(NotFoundError):
        article_id_in("")


def test_a_suggestion_fits_whatever_the_title() -> None:
    for title in ("😀" * 300, "Wort " * 100, ""):
        name = choice_name(StoredArticle(2**62, kursk(title=title)).headline, Language.GERMAN)
        assert 1 <= units(name) <= 100
        assert name.endswith("1. November 2024")
