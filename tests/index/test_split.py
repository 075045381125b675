import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.clean import clean_text
from index.split import MOST_WORDS, SHORT_TAIL, split_passages, split_sentences
from index.types import Article

DATA = Path("../shared/data")
FETCHED = datetime(2024, 11, 1, tzinfo=UTC)
PROSE = st.lists(
    st.sampled_from(
        [
            "Er",
            "ging",
            "z. B.",
            "am",
            "3.",
            "Mai",
            "„Ja!",
            "Nein“,",
            "sagte",
            "J.",
            "usw.",
            "Ende.",
            "2024.",
            "Was?",
            "…",
            ". . .",
            "\n",
            "\n\n",
            "www.orf.at.",
            '"',
            "(!)",
            "[3]",
            "Der",
            "»",
            "«",
        ]
    )
).map(" ".join)


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@given(st.one_of(st.text(), PROSE))
def test_every_character_but_white_space_lies_in_exactly_one_sentence(text: str) -> None:
    position = 0
    for start, end in split_sentences(text):
        assert start < end
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip()
        position = end
    assert not text[position:].strip()


@pytest.mark.parametrize(
    "parts",
    [
        ["Das kostet z. B. Geld.", "Danach ging er."],
        ["Das kostet z.B. Geld, d.h. Euro.", "Sie zahlte u. a. Miete."],
        ["Prof. Dr. Hans Huber traf Hr. Maier bzw. Fr. Müller.", "Sie redeten."],
        ["Er kam am 3. Mai um 13.30 Uhr an.", "Am 4. Mai ging er."],
        ["Der 2. Weltkrieg endete 1945.", "Im 19. Jahrhundert war es anders."],
        ["Ludwig XIV. regierte lange.", "König Charles III. nicht."],
        ["Im Jahr 2024.", "Danach kam nichts."],
        ["So war es im Jahr 2024.", "Trainer Müller ging 2025.", "Spieler blieben."],
        ["Er landete auf Platz 3.", "Trainer Müller jubelte."],
        ["Es sind 8.000 Menschen, 3.5 Mio. Euro und rund 4 Mrd. Dollar."],
        ["Nr. 5 lebt.", "Art. 3 Abs. 2 gilt auch in St. Pölten."],
        ["They put the number at 26.", "Three of them stayed.", "At least 12.", "Police know 9."],
        ["The toll rose to 26.", "Rescuers went on.", "He was aged 7.", "Doctors hoped."],
        ["Es stieg auf 26.", "Drei Menschen fehlen.", "Verletzt sind 14.", "Zwölf gingen heim."],
        ["Am 26. Juni gab es das 2. Drei-Gänge-Menü.", "Er kam auf den 3. Platz."],
        ["Hunde, Katzen usw. bleiben.", "Es gab Hunde, Katzen usw.", "Die Leute staunten."],
        ["Das Buch ist von J. R. R. Tolkien.", "Hans-J. Meier las es."],
        ["Die Seite www.orf.at meldet es.", "Mehr auf orf.at.", "Dort steht alles."],
        ['"Das ist gut", sagte sie.', "Er nickte."],
        ["„Ja! Wirklich?“, fragte er.", "Sie ging."],
        ["»Nein. Doch. Oh!«, rief er.", "«Was? Ja», meinte sie."],
        ["„Wir kommen. Wir bleiben“ sagte er.", "Dann schwieg er."],
        ["Er sagte: „Das ist nun so.“", "Dann schwieg er."],
        ['"Wirklich?" fragte er.', '"Ja."', "Sie ging."],
        ["Er sagte … nichts.", "Na ja…", "Peter kam."],
        ["Das ist (!) schlimm.", "Der Satz [...] Der Rest steht dort."],
        ["Wie hoch?", "Drei Meter!", "Mehr nicht."],
        ["Es gilt: Wer kommt, der bleibt.", "Ende."],
        ["Das steht fest.[3]", "Danach nichts."],
        ["The U.S. Army met Mr. Smith, e.g. on Monday.", "He left at 5 p.m.", "The day ended."],
        ['"It is over. We won," she said.', "“No. Never,” said Bob.", "Fine."],
        ["Der Verein ist ein e. V.", "Der Vorstand tagt."],
        ["Plan B.", "Danach kam Plan C."],
        ["Am 3.5. Dienstag, bis 31.12. offen.", "Danach zu."],
        ["• Punkt eins.", "• Punkt zwei."],
        ["Sie sagte, „Das war gem. § 5 Abs. 3 erlaubt.“", "– Danach ging sie."],
    ],
)
def test_sentences_end_where_a_reader_ends_them(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


def test_a_paragraph_ends_a_sentence_even_without_a_full_stop() -> None:
    assert sentences("Die Lage am Abend\n\nEs regnet\n\nUnd schneit.") == [
        "Die Lage am Abend",
        "Es regnet",
        "Und schneit.",
    ]


def test_a_wrapped_line_does_not_end_a_sentence_but_an_item_of_a_list_does() -> None:
    assert sentences("Er ging dann\nnach Hause.\n- Milch\n- Brot") == [
        "Er ging dann\nnach Hause.",
        "- Milch",
        "- Brot",
    ]


def test_a_forgotten_space_still_parts_two_sentences() -> None:
    assert sentences("Er war geboren.Noch vor ihr. Mehr auf orf.at und dt.Spion.") == [
        "Er war geboren.",
        "Noch vor ihr.",
        "Mehr auf orf.at und dt.Spion.",
    ]


def test_a_long_speech_is_parted_into_its_sentences() -> None:
    long = (
        "Wir haben sehr lange über diese eine Sache geredet und dann noch einmal von vorn begonnen"
    )
    text = f"„{long}. {long}. {long}“, sagte sie."
    assert len(sentences(text)) == 3


def article(text: str) -> Article:
    return Article("Titel", clean_text(text), FETCHED)


def sentence_of(words: int) -> str:
    return " ".join(["Wort"] * (words - 1)) + " Ende."


@given(
    st.lists(st.tuples(st.integers(1, 260), st.booleans()), min_size=1, max_size=40).map(
        lambda items: "".join(sentence_of(n) + ("\n\n" if end else " ") for n, end in items)
    )
)
def test_passages_hold_every_sentence_once_and_are_of_about_one_size(text: str) -> None:
    it = article(text)
    passages = split_passages(it)
    spans = [(s.start, s.end) for p in passages for s in p.sentences]
    assert spans == split_sentences(it.text)
    for passage in passages:
        if len(passage.sentences) > 1:
            assert len(passage.text.split()) <= MOST_WORDS + SHORT_TAIL


@given(st.one_of(st.text(), PROSE))
def test_any_text_gives_passages_that_hold_its_sentences(text: str) -> None:
    cleaned = clean_text(text)
    if cleaned:
        it = Article("Titel", cleaned, FETCHED)
        spans = [(s.start, s.end) for p in split_passages(it) for s in p.sentences]
        assert spans == split_sentences(cleaned)


def test_passages_end_with_paragraphs_where_they_can() -> None:
    it = article("\n\n".join([" ".join([sentence_of(20)] * 7)] * 3))
    assert [len(p.text.split()) for p in split_passages(it)] == [140, 140, 140]
    assert [p.text[-1] for p in split_passages(it)] == ["."] * 3


def test_one_long_paragraph_is_cut_between_sentences() -> None:
    it = article(" ".join([sentence_of(20)] * 30))
    assert [len(p.text.split()) for p in split_passages(it)] == [160, 160, 160, 120]


def test_a_very_long_sentence_is_a_passage_of_its_own_and_not_cut() -> None:
    it = article(f"{sentence_of(100)} {sentence_of(500)} {sentence_of(100)}")
    assert [len(p.text.split()) for p in split_passages(it)] == [100, 500, 100]


def test_a_short_rest_joins_the_passage_before_it() -> None:
    it = article("\n\n".join([sentence_of(150), sentence_of(150), sentence_of(9)]))
    assert [len(p.text.split()) for p in split_passages(it)] == [150, 159]


def test_a_heading_begins_a_passage_and_never_ends_one() -> None:
    it = article("\n\n".join([sentence_of(110), "Die Lage am Abend", sentence_of(150)]))
    assert [p.text.split("\n")[0][:8] for p in split_passages(it)] == ["Wort Wor", "Die Lage"]


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        '"',
        "„",
        ".",
        ". ",
        "z. B. ",
        "1. ",
        "Er ging. ",
        "\n",
        "( ",
        "A.",
        '"a. ',
        "[1]",
        ".]",
        "„a. ",
    ],
)
def test_a_text_of_megabytes_is_split_in_linear_time(unit: str) -> None:
    # No clock: quadratic work on this much text would not end while anybody waits.
    text = unit * (1_000_000 // len(unit)) + "x"
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


@pytest.mark.skipif(not DATA.exists(), reason="the shared test material is not here")
@pytest.mark.parametrize("name", ["newsqa", "xquad_de"])
def test_sentences_that_people_marked_are_found_whole(name: str) -> None:
    def rows(file: str) -> list[dict[str, str]]:
        return [json.loads(line) for line in (DATA / name / file).read_text().splitlines()]

    texts = {row["id"]: row["text"] for row in rows("articles.jsonl")}
    marked = {(row["article_id"], " ".join(row["gold_sentence"].split()))
              for row in rows("questions.jsonl") if row.get("gold_sentence")}  # fmt: skip
    found = sum(
        wanted in {" ".join(sentence.split()) for sentence in sentences(texts[article_id])}
        for article_id, wanted in marked
    )
    # The rest are mistakes of the marking: three sentences in one, or "William E." as a whole one.
    assert found / len(marked) >= 0.965
