from __future__ import annotations

from datetime import date

import pytest

from index import pdf
from index.errors import ExtractionError
from index.pdf import MOST_PAGES, read_pdf
from index.types import DateOrigin, Published
from tests.documents import ENCRYPTED, Text, column, make_pdf

HEADLINE = Text(50, 740, "Linden beschließt den Haushalt", 24)
LEFT = [
    "Der Rat von Linden hat am Montag den Haus-",
    "halt für 2025 beschlossen. Die Mehrheit war",
    "mit 14 zu 9 Stimmen knapp.",
    "Bürgermeisterin Öztürk sprach von einer großen",
    "Leistung der CDU-",
    "Fraktion, die Schulen würden nun saniert. Das Geld",
]
RIGHT = [
    "komme vom Land. Die Opposition kritisierte den",
    "Beschluss scharf, er belaste die Arbeits-",
    "und Lehrstellen im Ort. Sie will nun klagen.",
    "Das Gericht wird sich damit frühestens im Früh-",
    "jahr befassen, wie eine Sprecherin am Abend mit-",
    "teilte.",
]
READ = (
    "Der Rat von Linden hat am Montag den Haushalt für 2025 beschlossen. Die Mehrheit war mit 14 zu"
    " 9 Stimmen knapp.\n\n"
    "Bürgermeisterin Öztürk sprach von einer großen Leistung der CDU-Fraktion, die Schulen würden"
    " nun saniert. Das Geld komme vom Land. Die Opposition kritisierte den Beschluss scharf, er"
    " belaste die Arbeits- und Lehrstellen im Ort. Sie will nun klagen.\n\n"
    "Das Gericht wird sich damit"
    " frühestens im Frühjahr befassen, wie eine Sprecherin am Abend mitteilte."
)


def refused(content: bytes) -> str:
    with pytest.raises(ExtractionError) as caught:
        read_pdf(content, "a.pdf")
    assert caught.value.details.get("source", "a.pdf") == "a.pdf"
    return caught.value.code


def test_two_columns_are_read_one_after_the_other_with_whole_words() -> None:
    read = read_pdf(make_pdf([HEADLINE, *column(50, 700, LEFT), *column(320, 700, RIGHT)]), "a.pdf")
    assert read.title == "Linden beschließt den Haushalt"
    assert read.text == f"# {read.title}\n\n{READ}"


def test_columns_are_found_though_the_file_has_their_lines_mixed() -> None:
    lines = zip(column(50, 700, LEFT), column(320, 700, RIGHT), strict=True)
    read = read_pdf(make_pdf([HEADLINE, *(line for pair in lines for line in pair)]), "a.pdf")
    assert read.text.endswith(READ)


def test_what_runs_across_the_columns_parts_them() -> None:
    page = [
        *column(50, 700, [line.rstrip("-") for line in LEFT[:3]]),
        *column(320, 700, ["Rechts oben steht das hier.", "Es endet gleich.", "Nun ist Schluss."]),
        Text(
            50, 640, "Quer darunter läuft ein Satz, der beide Spalten braucht und noch mehr sagt."
        ),
        *column(50, 600, ["Links unten geht es los.", "Es folgt mehr.", "Dann Ende."]),
        *column(320, 600, ["Rechts unten zuletzt.", "Noch etwas.", "Aus."]),
    ]
    text = read_pdf(make_pdf(page), "a.pdf").text
    order = ["Der Rat", "Rechts oben", "Quer darunter", "Links unten", "Rechts unten"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_running_heads_page_numbers_and_the_print_line_are_dropped() -> None:
    def page(number: int) -> list[Text]:
        return [
            Text(50, 815, f"Lindener Bote | Politik | Freitag, 1. November 2024 | {number}"),
            *column(
                50, 700, [f"Auf Seite {number} steht etwas Neues über den Ort.", "Es ist wahr."]
            ),
            Text(290, 30, f"Seite {number} von 3"),
            Text(50, 20, f"https://bote.example/artikel?seite={number}"),
        ]

    read = read_pdf(make_pdf(page(1), page(2), page(3)), "a.pdf")
    assert "Bote" not in read.text
    assert "von 3" not in read.text
    assert "http" not in read.text
    assert read.text.count("Es ist wahr.") == 3
    assert read.published == Published(date(2024, 11, 1), DateOrigin.TEXT)


def test_the_moment_of_printing_is_no_date_of_publication() -> None:
    page = [Text(50, 820, "5.11.2024, 08:15   Linden beschließt"), *column(50, 700, LEFT)]
    made = {"CreationDate": "D:20241105081500+01'00'"}
    assert read_pdf(make_pdf(page, info=made), "a.pdf").published is None


def test_credits_beside_pictures_are_dropped_and_turned_pages_are_read() -> None:
    upright = [*column(50, 700, LEFT), Text(400, 300, "Foto: Anna Beispiel", angle=90)]
    assert "Foto" not in read_pdf(make_pdf(upright), "a.pdf").text
    turned = {
        90: [Text(300, 100, "Erste Zeile steht oben und", angle=90),
             Text(312, 100, "zweite steht darunter.", angle=90)],
        180: [Text(400, 400, "Erste Zeile steht oben und", angle=180),
              Text(400, 412, "zweite steht darunter.", angle=180)],
        270: [Text(300, 700, "Erste Zeile steht oben und", angle=270),
              Text(288, 700, "zweite steht darunter.", angle=270)],
    }  # fmt: skip
    for page in turned.values():
        text = read_pdf(make_pdf(page), "a.pdf").text
        assert text == "Erste Zeile steht oben und zweite steht darunter."


@pytest.mark.parametrize(
    "hidden",
    [
        Text(50, 650, "Verborgen.", options="3 Tr"),
        Text(50, 650, "Verborgen.", options="1 g"),
        Text(50, 650, "Verborgen.", options="1 1 1 rg"),
        Text(50, 650, "Verborgen.", size=1),
        Text(5000, 650, "Verborgen."),
        Text(50, -40, "Verborgen."),
    ],
    ids=["invisible", "white", "white in colours", "tiny", "beside the page", "below the page"],
)
def test_what_no_reader_sees_is_not_read(hidden: Text) -> None:
    text = read_pdf(make_pdf([*column(50, 700, LEFT), hidden]), "a.pdf").text
    assert "Rat von Linden" in text
    assert "erborgen" not in text


def test_what_a_scanner_has_recognised_is_read() -> None:
    page = [Text(t.x, t.y, t.words, options="3 Tr") for t in column(50, 700, LEFT)]
    assert "den Haushalt für 2025" in read_pdf(make_pdf(page), "a.pdf").text


def test_a_picture_an_encrypted_a_broken_and_an_endless_file_are_refused_each_in_its_way() -> None:
    page = column(50, 700, LEFT)
    assert refused(make_pdf([])) == "document_without_text"
    assert refused(make_pdf([Text(50, 700, "---")])) == "document_without_text"
    assert refused(make_pdf(page, trailer=ENCRYPTED)) == "document_encrypted"
    assert refused(b"%PDF-1.4\n%\xe2\xe3 und nichts weiter") == "document_broken"
    assert refused(make_pdf(*[page] * (MOST_PAGES + 1))) == "document_too_large"


def test_a_file_with_too_many_letters_is_refused_before_they_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf, "_MOST_CHARACTERS", 600)
    page = column(50, 700, LEFT)
    assert read_pdf(make_pdf(page), "a.pdf").text
    assert refused(make_pdf(page, page, page)) == "article_too_long"


def test_a_file_with_a_wrong_table_of_its_parts_is_read_all_the_same() -> None:
    whole = make_pdf(column(50, 700, LEFT))
    assert (
        "Rat von Linden" in read_pdf(whole.replace(b"startxref\n", b"startxref\n9"), "a.pdf").text
    )


@pytest.mark.parametrize(
    ("claimed", "title"),
    [
        ("Linden: Rat hat den Haushalt beschlossen", "Linden: Rat hat den Haushalt beschlossen"),
        ("Microsoft Word - Dokument1", ""),
        ("haushalt_linden_final.indd", ""),
        ("Ein ganz anderer Text über Fische", ""),
        ("Linden", ""),
        ("", ""),
    ],
)
def test_a_title_counts_only_where_it_fits_the_text(claimed: str, title: str) -> None:
    assert read_pdf(make_pdf(column(50, 700, LEFT), info={"Title": claimed}), "a").title == title


def test_author_and_day_count_only_where_the_text_names_them() -> None:
    signed = [*column(50, 700, LEFT), Text(50, 600, "Von Anna Beispiel. Linden, 1. November 2024.")]
    info = {"Author": "Anna Beispiel; mmueller", "CreationDate": "D:20241101203000"}
    read = read_pdf(make_pdf(signed, info=info), "a.pdf")
    assert read.authors == ("Anna Beispiel",)
    assert read.published == Published(date(2024, 11, 1), DateOrigin.METADATA)
    unsigned = read_pdf(make_pdf(column(50, 700, LEFT), info=info), "a.pdf")
    assert (unsigned.authors, unsigned.published) == ((), None)


@pytest.mark.parametrize("day", ["", "D:", "D:20249901", "gestern", "D:2024110120300099"])
def test_a_day_that_is_none_is_passed_over(day: str) -> None:
    read = read_pdf(make_pdf(column(50, 700, LEFT), info={"CreationDate": day}), "a.pdf")
    assert read.published is None


def test_a_headline_comes_first_wherever_the_page_has_it() -> None:
    page = [*column(50, 780, LEFT * 3), Text(50, 300, "Linden beschließt den Haushalt", 24)]
    assert read_pdf(make_pdf(page), "a.pdf").text.startswith("# Linden beschließt den Haushalt\n\n")


def test_subheadings_in_bold_or_larger_letters_stand_alone() -> None:
    page = [
        *column(50, 700, LEFT[:3]),
        Text(50, 655, "Was nun geschieht", 11.5),
        *column(50, 640, RIGHT[:3]),
    ]
    paragraphs = read_pdf(make_pdf(page), "a.pdf").text.split("\n\n")
    assert "Was nun geschieht" in paragraphs
