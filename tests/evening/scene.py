"""The evening itself, act by act."""

from __future__ import annotations

from copy import copy

from tests.discord_server import Member, Message, Upload
from tests.evening.stage import (
    FEED_HOST,
    OF_ABROAD,
    OF_LOCAL,
    RESERVED_HOST,
    Stage,
    sample,
)
from tests.evening.transcript import Transcript

BRIDGE = "Was kostet der Neubau der Radebrücke?"
SOLDIERS = "Wie viele nordkoreanische Soldaten sind in Kursk?"
UNKNOWN = "Wie hoch ist der Eintritt ins Freibad von Brackenau?"
COINS = "Wie viele Goldmünzen wurden in Thalwangen gestohlen?"
CLAIM = (
    "Die Große Radebrücke in Brackenau ist gesperrt. Der Neubau kostet 61,5 Millionen Euro. "
    "In Brackenau eröffnet nächste Woche ein Zoo mit Pinguinen."
)
DEVELOPED = "Wie hat sich die Zahl der nordkoreanischen Soldaten in Kursk entwickelt?"
LATER = (
    "Die Ukraine nennt neue Zahlen. In Kursk sind nach Angaben aus Kiew inzwischen 11.000"
    " nordkoreanische Soldaten. Das sagte ein Sprecher am Dienstag."
)
NOTES = {
    "Ziege Hilde siegt": "Die Ziege Hilde hat in Oberzell den Preis der Züchter gewonnen.",
    "Komet am Nordmeer": "Ein Komet erscheint in der Nacht zum Freitag über dem Nordmeer.",
    "Brot aus Kastanien": "Bäckerin Ute Krummholz verkauft ihr Brot aus Kastanien nun auch online.",
    "Glocke gefunden": "Taucher haben vor Sandhörn eine gotische Glocke aus Bronze gefunden.",
}
FLOODED = "Wie viele Menschen wurden in Brackenau evakuiert?"
FLOODS = {
    "Talbote": "Die Rade ist über die Ufer getreten. Nach Angaben der Stadt wurden in Brackenau"
    " 400 Menschen evakuiert. Die Schulen bleiben zu.",
    "Abendpost": "Das Wasser der Rade steigt weiter. Das Landratsamt spricht von 650 Menschen,"
    " die in Brackenau evakuiert wurden. Viele schlafen in der Turnhalle.",
}
CLAIMS, ADD = "What do the articles say?", "Add article"


NEWEST = (
    "Nach neuen Angaben aus Kiew sind inzwischen 14.000 nordkoreanische Soldaten in Kursk. "
    "Das sagte ein Sprecher des Verteidigungsministeriums am Dienstag."
)


async def evening(stage: Stage, book: Transcript) -> None:
    """Play the whole evening."""
    await arrival(stage, book)
    await questions(stage, book)
    await further(stage, book)
    await abroad(stage, book)
    await news(stage, book)
    await feeds_and_rights(stage, book)
    await overview(stage, book)
    settings = await settings_changed(stage, book)
    await conversations(stage, book)
    old = await before_the_restart(stage, book)
    await watches_set(stage, book)
    book.note("Beleg wird beendet und neu gestartet.")
    await stage.end()
    await stage.begin()
    await after_the_restart(stage, book, settings, old)
    await watches_told(stage, book)
    await last_orders(stage, book)


async def arrival(stage: Stage, book: Transcript) -> None:
    """The first articles come in, by every way there is."""
    book.act("Die ersten Artikel")
    anna, ben, square = stage.anna, stage.ben, stage.square
    await book.slash(ben, square, "help")
    await book.slash(ben, square, "ask", question=BRIDGE)
    url = stage.url("bruecke-1-tagesblatt")
    await book.slash(ben, square, "article add", anyway=True, url=url, says="Das darf nur")
    await book.slash(anna, square, "article add", url=url, says="Nr. 1")
    await book.slash(anna, square, "article add", url=url, says="Schon bekannt")
    await book.slash(anna, square, "article add", url=f"{url}-fehlt", says="Gibt es sie noch?")
    pages = [Upload(f"{name}.html", sample(name).encode(), "text/html") for name in OF_LOCAL[:2]]
    await book.slash(anna, square, "article add", file=pages[0], file2=pages[1])
    note = Upload(
        "notiz.txt", b"Waldbad\n\nDas Waldbad in Brackenau oeffnet am 1. Mai.", "text/plain"
    )
    await book.slash(anna, square, "article add", file=note)
    form = {
        "title": "Marktplatz wird grün",
        "text": "Auf dem Marktplatz von Brackenau pflanzt die Stadt im Oktober 14 Linden.",
        "outlet": "Stadtanzeiger",
        "published": "15.9.2025",
        "url": "https://stadtanzeiger.example/linden",
    }
    await book.form(anna, square, "article add", form)
    await book.form(anna, square, "article add", {"text": "Kurz.", "published": "gestern abend"})
    link = await book.say(ben, square, f"Lest das: {stage.url('bruecke-2-nordlicht')}", heard=False)
    await book.menu(ben, ADD, link, anyway=True)
    await book.menu(anna, ADD, link)
    await book.slash(anna, square, "article list")
    await book.typing(anna, square, "article show", "article", article="radebrücke")
    await book.slash(anna, square, "article show", article="1")
    await book.typing(anna, square, "article remove", "article", article="linden")
    await book.slash(anna, square, "article remove", article="4", says="Entfernt")
    await book.slash(anna, square, "article remove", article="999")


async def questions(stage: Stage, book: Transcript) -> None:
    """People ask, by command, mention and reply, and press what is under the answers."""
    book.act("Fragen")
    ben, cem, dora, fay, square = stage.ben, stage.cem, stage.dora, stage.fay, stage.square
    book.pictures["answer"] = await book.slash(ben, square, "ask", question=SOLDIERS)
    answer = await book.slash(ben, square, "ask", question=BRIDGE)
    await book.click(cem, answer, "Mehr Belege")
    await book.click(cem, answer, "Zusammenhang")
    await book.click(ben, answer, "Hilfreich")
    await book.click(ben, answer, "Hilfreich", says="schon gezählt")
    await book.click(dora, answer, "Falsch")
    await book.choose(dora, answer, "Anderer Zeitraum", "letzte 7 Tage")
    book.pictures["english"] = await book.slash(fay, square, "ask", question=SOLDIERS)
    await book.typing(cem, square, "ask", "period", question=SOLDIERS, period="")
    await book.typing(cem, square, "ask", "outlet", question=SOLDIERS, outlet="nord")
    given = {"period": "November 2024", "outlet": "Nordlicht Nachrichten", "share": "me"}
    private = await book.slash(cem, square, "ask", options={"question": SOLDIERS} | given)
    await book.share(cem, private, "Für alle zeigen")
    await book.slash(cem, square, "ask", question=SOLDIERS, period="irgendwann")
    await book.slash(cem, square, "ask", question=SOLDIERS, outlet="Abendbote")
    await book.slash(cem, square, "ask", question="?!")
    await book.slash(cem, square, "ask", question="Warum " * 250)
    mentioned = await book.say(dora, square, f"<@bot> {SOLDIERS}")
    follow_up = await book.reply(ben, square, mentioned, "Und wer hat das gesagt?")
    assert "Verstanden als" in follow_up.content
    await book.say(dora, square, "<@bot>")
    await book.say(stage.emil, square, "<@bot> Seit wann?")
    claim = await book.say(stage.emil, square, CLAIM, heard=False)
    book.pictures["claims"] = await book.menu(fay, CLAIMS, claim)
    book.pictures["claims"] = await book.menu(ben, CLAIMS, claim)
    await book.menu(ben, CLAIMS, await book.say(ben, square, "Echt?", heard=False))
    await book.slash(dora, square, "sources")


async def further(stage: Stage, book: Transcript) -> None:
    """What is not answered, suggested and looked up."""
    book.act("Keine Antwort, Vorschläge, Suche")
    cem, dora, square = stage.cem, stage.dora, stage.square
    refusal = book.pictures["refusal"] = await book.slash(dora, square, "ask", question=UNKNOWN)
    link = {"what": stage.url("kursk-3-donaukurier"), "why": "Die Zahl aus Kiew fehlt."}
    for who, values in (
        (dora, link),
        (cem, link),
        (cem, {"what": "Freibad: Eintritt steigt", "why": ""}),
        (cem, {"what": "…"}),
    ):
        await book.fill_in(await book.opening(who, refusal, "Artikel vorschlagen"), values)
    await book.slash(cem, square, "suggestions", anyway=True, says="Das darf nur")
    shown = await book.slash(stage.anna, square, "suggestions")
    shown = await book.click(stage.anna, shown, "Weiter", says="Vorschlag 2")
    shown = await book.click(stage.anna, shown, "Verwerfen", says="Verworfen")
    await book.click(stage.anna, shown, "Hinzufügen", says="Hinzugefügt")
    await book.slash(cem, square, "search", words="Soldaten Nordkorea")
    await book.slash(cem, square, "search", words="Zwetschgenkuchen")
    await book.slash(cem, square, "search", words="Brücke", period="month", says="Zeitraum:")


async def abroad(stage: Stage, book: Transcript) -> None:
    """The other server, in English, with articles of its own."""
    book.act("Im anderen Server")
    grace, hank, ivy, lounge = stage.grace, stage.hank, stage.ivy, stage.lounge
    await book.slash(grace, lounge, "help")
    for name in OF_ABROAD:
        await book.slash(grace, lounge, "article add", url=stage.url(name), says="Added as no.")
    await book.slash(hank, lounge, "ask", question=BRIDGE, says="The articles do not say")
    answer = await book.slash(hank, lounge, "ask", question=COINS)
    for button in ("More evidence", "Context", "Helpful"):
        await book.click(ivy, answer, button)
    await book.slash(stage.liv, lounge, "ask", question="Wer gewann das Pokalfinale?")
    await book.slash(stage.mona, lounge, "ask", question="How high is the reward for the coins?")
    said = await book.say(stage.jack, lounge, f"<@bot> {COINS}")
    await book.reply(stage.kim, lounge, said, "And where were the suspects arrested?")
    await book.slash(stage.ben_abroad, lounge, "ask", question=SOLDIERS, share="me")
    for command in ("privacy", "forget-me", "sources"):
        await book.slash(ivy, lounge, command)
    for command in ("status", "audit", "gaps", "feed list", "permit list", "suggestions"):
        await book.slash(grace, lounge, command)
    await book.slash(hank, lounge, "settings", anyway=True, says="You need permission")


async def news(stage: Stage, book: Transcript) -> None:
    """How a figure went."""
    book.act("Wie es weiterging")
    anna, ben, cem, fay, square = stage.anna, stage.ben, stage.cem, stage.fay, stage.square
    later = {
        "title": "Kiew meldet 11.000 Soldaten in Kursk",
        "text": LATER,
        "outlet": "Abendpost",
        "published": "5.11.2024",
        "url": "https://abendpost.example/kursk",
    }
    await book.form(anna, square, "article add", later)
    book.pictures["timeline"] = await book.slash(ben, square, "timeline", question=SOLDIERS)
    assert book.pictures["timeline"].attachments
    await book.slash(fay, square, "timeline", question=SOLDIERS, share="me", period="2024")
    await book.slash(cem, square, "ask", question=DEVELOPED)
    await book.say(cem, square, f"<@bot> {DEVELOPED}")
    await book.slash(cem, square, "timeline", question=UNKNOWN)
    for outlet, text in FLOODS.items():
        report = {"title": f"Hochwasser: {outlet}", "text": text, "outlet": outlet}
        await book.form(anna, square, "article add", {**report, "published": "1.8.2025"})
    differing = await book.slash(ben, square, "ask", question=FLOODED, says="Verschiedenes")
    assert "400" in differing.content
    assert "650" in differing.content
    book.pictures["differing"] = differing


async def feeds_and_rights(stage: Stage, book: Transcript) -> None:
    """Feeds, what a site reserves, and versions of an article."""
    book.act("Feeds, Vorbehalte, Fassungen")
    anna, square, papers = stage.anna, stage.square, stage.papers
    feed = papers.url(FEED_HOST, "/rss")
    await book.slash(anna, square, "feed list")
    await book.slash(anna, square, "feed preview", url=feed)
    await book.slash(anna, square, "feed add", url=feed, says="aufgenommen")
    await book.slash(anna, square, "feed add", url=feed, says="schon")
    await book.slash(anna, square, "feed add", url=stage.url("bruecke-1-tagesblatt"))
    await book.typing(anna, square, "feed now", "feed", feed="tal")
    await book.slash(anna, square, "feed now", feed="1")
    await book.slash(anna, square, "feed pause", feed="1")
    await book.slash(anna, square, "feed list")
    await book.slash(anna, square, "feed resume", feed="1")
    await book.slash(stage.gul, square, "feed remove", anyway=True, feed="1", says="Das darf nur")
    listed = await book.slash(anna, square, "article list")
    await book.click(anna, listed, "Weiter", says="Seite 2")
    found = await book.slash(stage.cem, square, "search", words="Vorhaben Verwaltung Euro Brücke")
    await book.click(stage.cem, found, "Weiter")
    reserved = papers.url(RESERVED_HOST, "/artikel/gutachten.html")
    await book.slash(anna, square, "article add", url=reserved, says="robots.txt")
    permit = {"site": RESERVED_HOST, "reason": "Mail der Redaktion vom 3. Mai"}
    await book.slash(anna, square, "permit add", options=permit)
    await book.slash(anna, square, "permit list")
    await book.slash(anna, square, "article add", url=reserved, says="Nr.")
    await book.slash(anna, square, "permit remove", site=RESERVED_HOST)
    await book.slash(anna, square, "article refresh", article="1", says="Unverändert")
    page = stage.pages["bruecke-1-tagesblatt"]
    assert "rund 140 Betriebe" in page
    stage.pages["bruecke-1-tagesblatt"] = page.replace("rund 140 Betriebe", "fast 150 Betriebe")
    renewed = await book.slash(anna, square, "article refresh", article="1", says="Neue Fassung")
    number = renewed.content.partition("Nr. ")[2].partition(":")[0]
    await book.slash(anna, square, "article changes", article=number)
    await book.slash(anna, square, "status")
    await book.slash(stage.dora, square, "sources")


async def overview(stage: Stage, book: Transcript) -> None:
    """What is new."""
    book.act("Was es Neues gibt")
    cem, square = stage.cem, stage.square
    for title, text in NOTES.items():
        note = {"title": title, "text": text, "outlet": "Talbote", "published": "16.9.2025"}
        await book.form(stage.anna, square, "article add", note)
    await book.typing(cem, square, "digest", "period", period="")
    digest = await book.slash(cem, square, "digest", period="2024-10-01 bis 2026-01-01")
    book.pictures["digest"] = copy(digest)
    await book.click(cem, digest, "Weiter", says="Seite 2")
    await book.slash(cem, square, "digest", share="me")
    await book.slash(cem, square, "digest", period="Mai 1999", says="Nichts Neues")
    await book.slash(stage.hank, stage.lounge, "digest", period="2020-01-01 to 2026-12-31")


async def settings_changed(stage: Stage, book: Transcript) -> Message:
    """The server is set up by its panel."""
    book.act("Einstellungen")
    anna, square, workshop = stage.anna, stage.square, stage.workshop
    panel = await book.slash(anna, square, "settings")
    book.pictures["settings"] = copy(panel)  # before it is changed
    await _switch(book, anna, panel, "threads")
    await _choose(book, anna, panel, "administer_roles", stage.editors)
    await book.slash(stage.carla, square, "audit", anyway=True)
    await book.slash(anna, square, "audit", topic="setting", says="Einstellungen")
    await _choose(book, anna, panel, "add_roles", stage.regulars)
    await book.slash(stage.cem, square, "gaps", anyway=True, says="nicht gespeichert")
    await _choose(book, anna, panel, "channels", square)
    await book.slash(stage.ben, workshop, "ask", question=BRIDGE, says="In diesem Kanal")
    await _choose(book, anna, panel, "channels")
    await _choose(book, anna, panel, "ask_role", stage.regulars)
    await book.slash(stage.gul, square, "ask", question=BRIDGE, says="Fragen darf hier nur")
    await _choose(book, anna, panel, "ask_role")
    await _choose(book, anna, panel, "language", "en")
    await book.slash(stage.ben, square, "ask", question=UNKNOWN, says="The articles do not say")
    await _choose(book, anna, panel, "language", "automatic")
    await _switch(book, anna, panel, "public")
    await book.slash(stage.ben, square, "ask", question=BRIDGE)
    await _switch(book, anna, panel, "public")
    await _switch(book, anna, panel, "direct_messages")
    form = await book.opening(anna, panel, "settings:numbers")
    wrong = {"log_days": "99"}
    await book.fill_in(form, wrong, says="ganze Zahl von 0 bis 30")
    form = await book.opening(anna, panel, "settings:numbers")
    numbers = {"questions_per_hour": "200", "excerpt_characters": "300", "log_days": "7"}
    await book.fill_in(form, numbers, says="✅")
    await book.slash(stage.ben, square, "settings", anyway=True, says="Das darf nur")
    return panel


async def conversations(stage: Stage, book: Transcript) -> None:
    """Threads, private messages, and what is kept of people."""
    book.act("Threads, Privates, Gespeichertes")
    dora, emil, square, server = stage.dora, stage.emil, stage.square, stage.server
    book.lines += [f"**Dora** in #stammtisch: @Beleg {SOLDIERS}", ""]
    await dora.say(square, f"<@bot> {SOLDIERS}")
    await server.wait_until(lambda: stage.local.threads, "no thread was opened")
    thread = stage.local.threads[-1]
    first = await book.hear(thread)
    second = await book.say(emil, thread, "<@bot> Und wer hat das bestätigt?")
    await book.reply(dora, thread, second, "Und wer hat das bestritten?")
    await book.reply(emil, thread, first, UNKNOWN)
    direct = stage.cem.direct_channel()
    await book.say(stage.cem, direct, BRIDGE)
    await book.say(stage.ivy, stage.ivy.direct_channel(), COINS)
    for _ in range(2):
        await book.slash(stage.gul, square, "ask", question=UNKNOWN)
    await book.slash(stage.anna, square, "gaps", says="Freibad")
    await book.slash(stage.gul, square, "privacy")
    await book.slash(stage.fay, square, "privacy")
    await book.slash(stage.gul, square, "forget-me", says="2 Fragen")
    await book.slash(stage.anna, square, "forget-me")


async def before_the_restart(stage: Stage, book: Transcript) -> list[Message]:
    """Answers and lists that are still there when Beleg comes back."""
    book.act("Vor dem Neustart und danach")
    square = stage.square
    return [
        await book.slash(stage.ben, square, "ask", question=BRIDGE),
        await book.slash(stage.ben, square, "ask", question=SOLDIERS, share="me"),
        await book.slash(stage.ben, square, "ask", question=UNKNOWN),
        await book.slash(stage.cem, square, "search", words="Vorhaben Verwaltung Euro Brücke"),
        await book.slash(stage.anna, square, "article list"),
        await book.slash(stage.anna, square, "audit"),
    ]


async def watches_set(stage: Stage, book: Transcript) -> None:
    """Two want to be told when it changes, one of them in the channel."""
    ben, cem, square = stage.ben, stage.cem, stage.square
    here = {"question": SOLDIERS, "where": "here"}
    await book.slash(ben, square, "watch new", options=here, says="sobald ein neuer Artikel")
    await book.slash(ben, square, "watch new", options=here, says="schon")
    answer = await book.slash(cem, square, "ask", question=BRIDGE)
    await book.click(cem, answer, "Beobachten", says="schreibe dir")
    await book.slash(cem, square, "watch list")
    await book.typing(cem, square, "watch pause", "watch", watch="neubau")
    for command in ("pause", "resume", "remove"):
        await book.slash(cem, square, f"watch {command}", watch="2")
    await book.slash(cem, square, "watch list", says="nichts")


async def watches_told(stage: Stage, book: Transcript) -> None:
    """What was watched before the restart is told once after it, with old and new."""
    anna, ben, square = stage.anna, stage.ben, stage.square
    newest = {
        "title": "Mehr Soldaten in Kursk",
        "text": NEWEST,
        "outlet": "Abendpost",
        "published": "12.11.2024",
        "url": "https://abendpost.example/kursk-2",
    }
    last = square.messages[-1]
    await book.form(anna, square, "article add", newest)
    await stage.client.watches.look()
    await stage.client.watches.look()
    alert = await book.hear(square, last)
    assert len([one for one in square.from_bot if one.id >= alert.id]) == 1
    assert "14.000" in alert.content
    book.pictures["watch"] = alert
    await book.click(ben, alert, "Entfernen", says="Entfernt")


async def after_the_restart(
    stage: Stage, book: Transcript, panel: Message, old: list[Message]
) -> None:
    """Everything that was offered before still works."""
    ben, anna = stage.ben, stage.anna
    public, private, refusal, found, listed, audit = old
    for button in ("Mehr Belege", "Zusammenhang", "Falsch"):
        await book.click(ben, public, button)
    await book.choose(ben, public, "Anderer Zeitraum", "letzte 12 Monate")
    await book.share(ben, private, "Für alle zeigen")
    form = await book.opening(ben, refusal, "Artikel vorschlagen")
    await book.fill_in(form, {"what": "Freibad: Zahlen und Zeiten"})
    await book.click(stage.cem, found, "Weiter")
    await book.click(anna, listed, "Zurück", says="Seite 3")
    await book.click(anna, audit, "Weiter", says="Seite 2")
    await _switch(book, anna, panel, "threads")
    await book.slash(ben, stage.square, "ask", question=BRIDGE)


async def last_orders(stage: Stage, book: Transcript) -> None:
    """What is removed is gone; who asks too much is told when to go on."""
    book.act("Zum Schluss")
    anna, gul, square = stage.anna, stage.gul, stage.square
    panel = await book.slash(anna, square, "settings")
    form = await book.opening(anna, panel, "settings:numbers")
    await book.fill_in(form, {"questions_per_hour": "1", "log_days": "0"}, says="✅")
    await book.slash(gul, square, "ask", question=SOLDIERS)
    await book.slash(gul, square, "ask", question=SOLDIERS, says="aufgebraucht")
    await book.slash(anna, square, "feed remove", options={"feed": "1", "with-articles": True})
    await book.slash(anna, square, "gaps", says="nicht gespeichert")
    await book.slash(anna, square, "help")
    await book.slash(stage.carla, square, "status", anyway=True)
    await book.slash(stage.carla, square, "audit", anyway=True)


async def _switch(book: Transcript, who: Member, panel: Message, name: str) -> None:
    await book.click(who, panel, f"settings:switch:{name}", says="✅")


async def _choose(
    book: Transcript, who: Member, panel: Message, name: str, *choices: object
) -> None:
    await book.choose(who, panel, f"settings:choose:{name}", *choices, says="✅")  # type: ignore[arg-type]
