"""The texts here are made up, in the shapes in which pages are copied."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.plain_text import read_plain_text
from index.types import DateOrigin

LEAD = "Der Stadtrat hat am Montag den neuen Haushalt beschlossen. Er umfasst 48 Millionen Euro."
SECOND = "Die Opposition stimmte dagegen. „Das ist zu viel“, sagte ihr Sprecher."
THIRD = "Die Abstimmung endete am späten Abend mit 14 zu 9 Stimmen."
BODY = f"{LEAD}\n\n{SECOND}\n\n{THIRD}"
HEADLINE = "Stadtrat beschließt neuen Haushalt"
BOX_OF_PICTURES = (
    "Bildstrecke: So sieht der neue Saal aus\n\n1/3\nGehe zur Galerie\n"
    "Der Saal ist noch leer.\nDer Saal ist noch leer.\nStadtarchiv"
)
PICTURES_OF_THE_DAY = (
    "Die Bilder des Tages\n\n1/50\n\nGehe zur Galerie\n\n"
    "<strong>21.11.2024: Ein Schaf in Linz</strong>. Es lief davon.\n\n"
    "21.11.2024: Ein Schaf in Linz. Es lief davon.\n\nprivat, iStock"
)
SEED = Path("../shared/data/seed/article.txt")


@pytest.mark.parametrize(
    "above",
    [
        HEADLINE,
        f"\ufeff{HEADLINE}\r\n",
        f"# {HEADLINE}",
        f"Kommunalpolitik\n{HEADLINE}",
        f"Kommunalpolitik\n\n{HEADLINE}",
        f"Startseite\nPolitik\nAnmelden\n\nKommunalpolitik\n{HEADLINE}\nTeilen\nDrucken",
        f"{HEADLINE}\nVon Max Muster",
        f"{HEADLINE}\nEin Kommentar von Anna Maria Muster-Mann und Jörg von der Heide, Wien",
        f"{HEADLINE}\nLesezeit: 3 Minuten\n5 Kommentare",
        f"{HEADLINE}\n\n{HEADLINE}\nDer Rat bei seiner Sitzung im großen Saal.\nFoto: Erika Muster",
        f"{HEADLINE}\n\nDer Rat tagte lange im Saal.\nREUTERS",
        f"<h1>{HEADLINE}</h1>",
    ],
)
def test_the_headline_is_found_and_not_repeated(above: str) -> None:
    read = read_plain_text(f"{above}\n\n{BODY}")
    assert read.title == HEADLINE
    assert read.text == BODY
    assert read.published is None
    assert read.outlet is None


@pytest.mark.parametrize(
    ("line", "day", "outlet"),
    [
        ("Von Max Muster, 3. Mai 2024", "2024-05-03", None),
        ("Stand: 01.11.2024, 13:30 Uhr", "2024-11-01", None),
        ("01.11.2024, 13.30 Uhr", "2024-11-01", None),
        ("Freitag, 1. November 2024", "2024-11-01", None),
        ("Veröffentlicht am 1. Jänner 2024 um 7:05 Uhr", "2024-01-01", None),
        ("Wien, 1. November 2024", "2024-11-01", None),
        ("Neue Zeitung, 2024-11-01", "2024-11-01", "Neue Zeitung"),
        (
            "Bote am Morgen, 2024-11-01T08:30:00+01:00",
            "2024-11-01T08:30:00+01:00",
            "Bote am Morgen",
        ),
        ("1. November 2024, 13:45 Uhr | Neue Zeitung", "2024-11-01", "Neue Zeitung"),
        ("Nov. 1, 2024, 10:30 a.m.", "2024-11-01", None),
        ("By Jane Doe, November 1, 2024", "2024-11-01", None),
        ("Published: 1 November 2024", "2024-11-01", None),
        ("Aktualisiert: 2.11.2024\nVeröffentlicht: 1.11.2024", "2024-11-01", None),
    ],
)
def test_date_and_outlet_are_read_from_their_line(line: str, day: str, outlet: str | None) -> None:
    read = read_plain_text(f"{HEADLINE}\n{line}\n\n{BODY}")
    assert read.published is not None
    assert (read.published.isoformat(), read.published.origin) == (day, DateOrigin.TEXT)
    assert read.outlet == outlet
    assert (read.title, read.text) == (HEADLINE, BODY)


def test_an_address_under_the_headline_is_the_articles() -> None:
    read = read_plain_text(
        f"{HEADLINE}\nNeue Zeitung, 2024-11-01\nhttps://nz.example/a-1.html\n\n{BODY}"
    )
    assert read.url == "https://nz.example/a-1.html"
    assert read.text == BODY


@pytest.mark.parametrize(
    "headline",
    [
        "Die Lage am 1. November 2024",
        "Von Kiew bis Moskau",
        "Ist das noch zu retten?",
        "„Das ist zu viel“",
        "Mehr Geld für alle",
        "Teilen will gelernt sein",
    ],
)
def test_a_headline_that_looks_like_something_else_is_one(headline: str) -> None:
    read = read_plain_text(f"{headline}\n\n{BODY}")
    assert (read.title, read.text, read.published) == (headline, BODY, None)


@pytest.mark.parametrize(
    "line",
    [
        "Lesen Sie auch: Wie das Geld verschwand",
        "Lesen Sie auch:\nWie das Geld verschwand\nWer es genommen hat",
        "Mehr zum Thema\n- Wie das Geld verschwand und nicht wiederkam\n- Wer es genommen hat",
        "Anzeige",
        "Teilen\nFacebook\nWhatsApp",
        "Wir verwenden Cookies, um Inhalte zu personalisieren und Anzeigen zu messen.",
        "We use cookies to improve your experience.",
        "Melden Sie sich hier für unseren Newsletter an.",
        "Foto: Erika Muster / Agentur",
        BOX_OF_PICTURES,
        PICTURES_OF_THE_DAY,
        "Das Wichtigste in Kürze\n• Der Rat hat einen Haushalt beschlossen.\n• Er ist groß.",
        SECOND,
    ],
)
def test_furniture_between_two_paragraphs_goes(line: str) -> None:
    read = read_plain_text(f"{HEADLINE}\n\n{LEAD}\n\n{SECOND}\n\n{line}\n\n{THIRD}")
    assert read.text == BODY
    assert read.published is None


@pytest.mark.parametrize(
    "line",
    [
        "Hamburg (dpa) - Der Bürgermeister war zufrieden.",
        "Mehr über die Hintergründe wollte er nicht sagen.",
        "Der Konzern verwendet Cookies, um seine Kunden zu erkennen.",
        "Bei 3 < 4 und <Name> bleibt das Zeichen stehen.",
        "Foto und Film seien verboten worden, hieß es am Abend.",
        "Das kostet 8.000 Euro &mdash; jeden Tag.".replace("&mdash;", "—"),
        "Am 1. November 2024, 13:30 Uhr, beginnt die nächste Sitzung im Rathaus der Stadt.",
    ],
)
def test_prose_that_resembles_furniture_stays(line: str) -> None:
    read = read_plain_text(f"{HEADLINE}\n\n{LEAD}\n\n{line}\n\n{THIRD}")
    assert read.text == f"{LEAD}\n\n{line}\n\n{THIRD}"


def test_a_heading_stays_above_prose_and_goes_at_the_end() -> None:
    read = read_plain_text(f"{HEADLINE}\n\n{LEAD}\n\nStreit um Zahlen\n\n{SECOND}\n\nNoch mehr")
    assert read.text == f"{LEAD}\n\nStreit um Zahlen\n\n{SECOND}"


@pytest.mark.parametrize("end", ["red, 20 Minuten\nAkt.", "(apa/red)", "dpa", "Ende des Artikels"])
def test_the_desks_mark_at_the_end_goes(end: str) -> None:
    assert read_plain_text(f"{HEADLINE}\n\n{BODY}\n\n{end}").text == BODY


def test_a_list_keeps_its_items_and_loses_its_signs() -> None:
    read = read_plain_text(f"{HEADLINE}\n\nDas kostet die Stadt:\n\n- Schule\n- Bad\n\n{THIRD}")
    assert read.text == f"Das kostet die Stadt:\n\nSchule\n\nBad\n\n{THIRD}"


def test_wrapped_lines_become_paragraphs_again() -> None:
    wrapped = LEAD.replace(" Er umfasst", "\nEr umfasst")
    long = "Die Sitzung dauerte bis in den späten Abend und war\nsehr laut, wie alle sagten."
    read = read_plain_text(f"{HEADLINE}\n\n{wrapped}\n\n{long}")
    assert read.text.endswith(long.replace("\n", " "))


def test_prose_without_a_headline_is_named_by_its_first_sentence() -> None:
    read = read_plain_text(BODY)
    assert read.title == "Der Stadtrat hat am Montag den neuen Haushalt beschlossen."
    assert read.text == BODY


def test_one_long_line_is_one_paragraph_with_a_short_name() -> None:
    line = "Der Rat der Stadt hat " + "sehr " * 40 + "lange getagt. " + LEAD
    read = read_plain_text(line)
    assert read.text == line
    assert read.title.endswith("sehr…")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "http://[::1", "news/1"])
def test_front_matter_names_an_address_or_nothing(address: str) -> None:
    raw = f"---\ntitle: {HEADLINE}\noutlet: Neue\u200b Zeitung\nurl: {address}\n---\n\n{BODY}"
    read = read_plain_text(raw, markdown=True)
    assert (read.url, read.outlet) == (None, "Neue Zeitung")


def test_an_address_line_that_is_none_names_nothing() -> None:
    assert read_plain_text(f"{HEADLINE}\nhttp://[::1\n\n{BODY}").url is None


def test_markdown_gives_up_its_signs_and_its_front_matter() -> None:
    read = read_plain_text(
        f"---\ntitle: '{HEADLINE}'\ndate: 2024-11-01\noutlet: Neue Zeitung\n---\n\n"
        f"# Ein anderer Titel\n\n{LEAD.replace('Haushalt', '[Haushalt](https://a.example/b)')}\n\n"
        f"![Der Saal](saal.jpg)\n\n## Streit um **Zahlen**\n\n> {SECOND}\n\n{THIRD} 3 * 4 * 5 [3]",
        markdown=True,
    )
    assert read.title == HEADLINE
    assert read.outlet == "Neue Zeitung"
    assert read.published is not None
    assert read.published.day == date(2024, 11, 1)
    assert read.text == f"{LEAD}\n\nStreit um Zahlen\n\n{SECOND}\n\n{THIRD} 3 * 4 * 5 [3]"


def test_english_works_as_well() -> None:
    read = read_plain_text(
        "Politics\nCouncil passes budget after long debate\nBy Jane Doe\nNov. 1, 2024\nShare\n\n"
        "The council passed its budget on Monday. It holds 48 million euros.\n\n"
        "Read more: What else happened\n\nAdvertisement\n\n"
        "The mayor was pleased with the outcome.\n\n"
        "Sign up for our newsletter\nRelated articles\nAnother story\nAnd one more"
    )
    assert read.title == "Council passes budget after long debate"
    assert read.text == (
        "The council passed its budget on Monday. It holds 48 million euros.\n\n"
        "The mayor was pleased with the outcome."
    )
    assert read.published is not None


@pytest.mark.parametrize("below", ["Eil", "Folgt"])
def test_where_nothing_stands_below_the_headline_it_is_the_news_itself(below: str) -> None:
    read = read_plain_text(f"Kanzler tritt zurück\n{below}")
    assert read.title == "Kanzler tritt zurück"
    assert read.text.startswith("Kanzler tritt zurück\n")


@pytest.mark.parametrize("raw", ["", " \n ", "...", "\u200b"])
def test_nothing_gives_nothing(raw: str) -> None:
    assert not any(character.isalnum() for character in read_plain_text(raw).text)


@given(st.text())
def test_any_text_can_be_read(raw: str) -> None:
    read = read_plain_text(raw)
    assert read.title == read.title.strip()


@given(
    st.lists(
        st.sampled_from([LEAD, SECOND, THIRD, HEADLINE, "Anzeige", "Von Max Muster", "Akt."]),
        min_size=1,
    ),
    st.sampled_from(["\n", "\n\n"]),
)
def test_a_sentence_outside_galleries_is_never_lost(lines: list[str], between: str) -> None:
    read = read_plain_text(between.join(lines))
    for line in lines:
        if line in {LEAD, SECOND, THIRD}:
            assert read.text.count(line) == 1


@pytest.mark.skipif(not SEED.exists(), reason="the shared test material is not here")
def test_the_seed_article_is_read_without_its_galleries() -> None:
    read = read_plain_text(SEED.read_text())
    assert read.title == "Nordkorea versichert Russland Unterstützung bis zu Sieg"
    assert read.text.startswith("Nordkoreas Außenministerin Choe Son Hui hat am Freitag in Moskau")
    assert read.text.endswith("in Richtung Kursk bewegten.")
    for kept in ("8.000", "Lloyd Austin", "Robert Wood", "prinzipientreue Haltung"):
        assert kept in read.text
    for dropped in ("Schul", "Atomwaffe", "Blumen", "REUTERS", "Galerie", "Akt.", "<", "1/"):
        assert dropped not in read.text
    assert read.published is None
    assert read.outlet is None
