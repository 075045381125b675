"""What new articles change beside what was told, with a corpus and texts of our own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from bot.answer import Answering
from bot.rank import Weights, shipped_weights
from bot.watch_change import ChangeKind
from bot.watch_compare import Compared, compare, holding_now
from bot.watch_places import place_of
from index.corpus import Corpus
from index.reading import Excerpt, Reading
from index.watch_table import Watch, WatchTable
from tests.fakes import WordReader
from tests.making import make_article, make_corpus

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
BUS = "Wie viele Menschen wurden beim Busunglück in Sandkirchen verletzt?"
HALL = "Was kostet die Markthalle in Sandkirchen?"
FIRST = (
    "Beim Busunglück in Sandkirchen sind nach Angaben der Polizei zwölf Menschen verletzt worden."
    " Der Bus war am Montag auf der Talstraße von der Fahrbahn abgekommen. Die Feuerwehr"
    " Sandkirchen befreite zwei Fahrgäste aus dem Wrack."
)


class DoubtingReader(WordReader):
    """Is sure only of sentences that have several words of the question."""

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[Reading]:
        found = super().read(question, excerpts)
        return [replace(one, score=2.0 * one.score - 5.0) for one in found]


class Watching:
    """One watch of one question; articles come in one by one, an hour apart."""

    def __init__(self, corpus: Corpus, question: str, *before: str, asked: str = "") -> None:
        """Take the question, what is there, and the question whose answer was told, if another."""
        self.corpus = corpus
        self.answering = Answering(plain_weights(), DoubtingReader())
        self.hour = 0
        for text in before:
            self.add(text)
        table = WatchTable(corpus.database)
        known = holding_now(self.answering, corpus, asked or question, NOW)
        assert known
        places = tuple(place_of(claim) for claim in known)
        kept = table.add(Watch(1, None, question, "de", NOW, table.newest_article(), places))
        assert kept is not None
        self.watch = kept

    def add(self, text: str) -> int:
        self.hour += 1
        published = f"2026-03-10T{self.hour:02}:00:00+00:00"
        article = make_article(
            text, title="Meldung", published=published, outlet=f"Blatt {self.hour}",
            url=f"https://nachrichten.example/{self.hour}",
        )  # fmt: skip
        return self.corpus.add(article).stored.id

    def compared(self) -> Compared | None:
        """Compare, and note what came of it as the keeper does."""
        table = WatchTable(self.corpus.database)
        (watch,) = table.all()
        found = compare(self.answering, self.corpus, watch, NOW)
        if found is None:
            table.seen([watch.id], table.newest_article())
        else:
            places = [place_of(claim) for claim in found.known]
            table.compared(watch.id, table.newest_article(), places, None, NOW)
        return found

    def told_by(self, text: str) -> list[tuple[Decimal, Decimal]]:
        """Let an article come in, and return its figures that are told; none where it is quiet."""
        new = self.add(text)
        found = self.compared()
        if found is None or found.change is None:
            return []
        figures = [claim.figure for claim in found.change.after if claim.stored.id == new]
        return [(one.least, one.most) for one in figures if one is not None]


def plain_weights() -> Weights:
    """Weights for the reader of the tests, sure of what they find."""
    weights = shipped_weights()
    return weights.plain or weights


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    opened = make_corpus(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def watching(corpus: Corpus) -> Callable[..., Watching]:
    return lambda question, *before, **asked: Watching(corpus, question, *before, **asked)


def only(number: int) -> list[tuple[Decimal, Decimal]]:
    return [(Decimal(number), Decimal(number))]


def test_a_new_figure_in_other_words_is_told_though_older_sentences_answer_better(
    watching: Callable[..., Watching],
) -> None:
    watch = watching(BUS, FIRST)
    weak = (
        "Der Verkehr auf der Talstraße in Sandkirchen rollt wieder. Bis zum Abend zählten die"
        " Kliniken 19 Verletzte. Der Bus wurde geborgen."
    )
    assert watch.told_by(weak) == only(19)
    assert watch.told_by(weak.replace("Kliniken", "Ärzte").replace("wieder", "frei")) == []


def test_an_article_in_the_other_language_is_read_too(watching: Callable[..., Watching]) -> None:
    english = (
        "A bus left the road in Sandkirchen on Monday. Police put the number of injured at 21."
        " Three of them are in intensive care, the clinic in Sandkirchen said."
    )
    assert watching(BUS, FIRST).told_by(english) == only(21)


def test_many_older_articles_do_not_hide_a_new_one(watching: Callable[..., Watching]) -> None:
    watch = watching(BUS, FIRST)
    for number in range(8):
        watch.add(
            f"Nach dem Busunglück in Sandkirchen, bei dem zwölf Menschen verletzt wurden, hat die"
            f" Stadt zum {number + 2}. Mal Blumen niedergelegt. Pfarrer Nummer {number} sprach."
        )
    watch.compared()
    late = "Sandkirchen trauert. Die Zahl der Verletzten liegt nun bei 16, teilt die Polizei mit."
    assert watch.told_by(late) == only(16)


def test_a_figure_of_another_matter_is_not_told(watching: Callable[..., Watching]) -> None:
    watch = watching(BUS, FIRST)
    others = (
        "In Oberfeld sind bei einem Brand 30 Menschen verletzt worden, teilte die Wehr mit.",
        "Im Stadion von Sandkirchen saßen am Samstag 4.000 Menschen. Es war ein ruhiges Spiel.",
        "Der Stadtrat von Sandkirchen hat mit 21 Stimmen einen Radweg beschlossen.",
    )
    assert [watch.told_by(text) for text in others] == [[], [], []]


def test_a_copy_is_not_read_and_a_return_to_what_was_told_is_no_news(
    watching: Callable[..., Watching],
) -> None:
    watch = watching(BUS, FIRST)
    newer = "In Sandkirchen gibt es nach dem Busunglück 19 Verletzte, sagte die Polizei am Abend."
    assert watch.told_by(newer) == only(19)
    assert watch.told_by(FIRST) == []


def test_money_of_something_else_is_not_what_the_thing_costs(
    watching: Callable[..., Watching],
) -> None:
    watch = watching(
        HALL,
        "Die Markthalle in Sandkirchen kostet nach Angaben der Baugesellschaft 48 Millionen Euro."
        " Der Bau begann im Mai.",
    )
    council = "Der Stadtrat von Sandkirchen sprach über die Markthalle. "
    assert watch.told_by(council + "Für Blumenkübel gab er 20.000 Euro frei.") == []
    assert watch.told_by(council + "Die Feuerwehr bekommt 31 Millionen Euro für Wagen.") == []
    # Nothing is said to be a cost, but those who have named it name another sum.
    own = "Die Baugesellschaft geht inzwischen von 53 Millionen Euro aus."
    assert watch.told_by(council + own) == only(53_000_000)


def test_two_sources_of_one_article_are_told_together(watching: Callable[..., Watching]) -> None:
    watch = watching(BUS, FIRST)
    both = (
        "Nach dem Busunglück in Sandkirchen gehen die Angaben auseinander. Die Polizei spricht von"
        " 15 Verletzten. Der Rettungsdienst zählte 22 Verletzte."
    )
    assert sorted(watch.told_by(both)) == only(15) + only(22)


def test_several_articles_at_once_are_one_change(watching: Callable[..., Watching]) -> None:
    watch = watching(BUS, FIRST)
    watch.add("Die Polizei nennt nach dem Busunglück in Sandkirchen 15 Verletzte. Es regnet.")
    told = watch.told_by("Sandkirchen: Die Polizei spricht nach dem Busunglück von 18 Verletzten.")
    assert told == only(18)


def test_a_correction_is_said_to_be_one(watching: Callable[..., Watching]) -> None:
    watch = watching(
        BUS, FIRST.replace("zwölf", "112"),
    )  # fmt: skip
    watch.add(
        "Die Polizei hat ihre Angaben zum Busunglück in Sandkirchen berichtigt: Es wurden 12"
        " Menschen verletzt. Zuvor hatte sie von 112 Verletzten gesprochen. Die Feuerwehr"
        " Sandkirchen hatte die Talstraße gesperrt, der Bus war von der Fahrbahn abgekommen."
    )
    found = watch.compared()
    assert found is not None
    assert found.change is not None
    assert found.change.kind is ChangeKind.CORRECTED


def test_what_was_counted_before_is_counted_again_by_any_word_for_people(
    watching: Callable[..., Watching],
) -> None:
    watch = watching(
        "Wie viele Patienten sind vom Datendiebstahl in Sandkirchen betroffen?",
        "Vom Datendiebstahl in Sandkirchen sind 9.000 Menschen betroffen, sagte die Klinik.",
        asked="Wie viele Menschen sind vom Datendiebstahl in Sandkirchen betroffen?",
    )
    more = "Der Datendiebstahl in Sandkirchen trifft nach Angaben der Klinik 14.000 Personen."
    assert watch.told_by(more) == only(14_000)
    trains = "Nach dem Datendiebstahl in Sandkirchen fuhren 11.000 Fahrgäste ohne Fahrschein."
    assert watch.told_by(trains) == []


def test_a_sum_of_the_same_size_that_is_alone_may_be_called_anything(
    watching: Callable[..., Watching],
) -> None:
    watch = watching(HALL, "Die Markthalle in Sandkirchen kostet nach erster Planung 48 Mio. Euro.")
    bill = "In Sandkirchen ist die Markthalle fertig. Abgerechnet wurden am Ende {}."
    assert watch.told_by(bill.format("51 Millionen Euro, die Wehr bekam 44 Millionen Euro")) == []
    assert watch.told_by(bill.format("51 Millionen Euro")) == only(51_000_000)


def test_the_same_thing_under_another_name_is_known_by_the_names_around_it(
    watching: Callable[..., Watching],
) -> None:
    watch = watching(
        "Was kostet die Reparatur der Sandetalbrücke?",
        "Die Reparatur der Sandetalbrücke bei Ammerfeld kostet 6 Millionen Euro. Die Umleitung"
        " führt über Grothenau, sagte Verkehrsministerin Ulla Stahmering.",
    )
    english = (
        "The Sande valley bridge near Ammerfeld stays closed. Repairs will cost 9 million euros,"
        " Stahmering said. Residents of Grothenau complained."
    )
    assert watch.told_by(english) == only(9_000_000)
    elsewhere = (
        "The Moor valley bridge near Oberlauf stays closed. Repairs will cost 12 million euros,"
        " Reckling said."
    )
    assert watch.told_by(elsewhere) == []


def test_another_matter_in_the_other_language_that_shares_one_name_is_not_read(
    watching: Callable[..., Watching],
) -> None:
    watch = watching(
        "Wie viel Geld soll Kassenwart Krellmann veruntreut haben?",
        "Kassenwart Krellmann soll in Osterfeldern 5 Millionen Euro veruntreut haben, so die"
        " Staatsanwaltschaft.",
    )
    clinic = (
        "Hackers asked the clinics in Bruchweilern for 4 million euros, director Vossmann said."
        " A lawyer in Osterfeldern says patients want to sue."
    )
    assert watch.told_by(clinic) == []


def test_people_counted_by_what_became_of_them_are_not_all(
    watching: Callable[..., Watching],
) -> None:
    watch = watching(
        "Wie viele Menschen sind an Bord der Grete Lundt?",
        "An Bord der Grete Lundt sind 13 Menschen, teilte die Seenotleitung Strandauen mit.",
    )
    saved = "Von der Grete Lundt hat ein Hubschrauber vier Menschen lebend geholt, so Strandauen."
    assert watch.told_by(saved) == []
    more = "An Bord der Grete Lundt waren 15 Menschen, sagte der Reeder in Strandauen."
    assert watch.told_by(more) == only(15)


def test_names_of_the_question_must_be_there_as_far_as_they_were(
    watching: Callable[..., Watching],
) -> None:
    watch = watching(HALL, "Die Markthalle in Sandkirchen kostet 48 Millionen Euro.")
    other = "Die Markthalle in Oberfeld kostet 52 Millionen Euro, sagt der Bürgermeister."
    assert watch.told_by(other) == []


def test_a_peak_is_overtaken_by_a_higher_value_alone(watching: Callable[..., Watching]) -> None:
    watch = watching(
        "Wie hoch stand die Sande auf dem Höhepunkt?",
        "Auf dem Höhepunkt stand die Sande 6,20 Meter hoch, teilte der Pegeldienst mit.",
    )
    assert watch.told_by("Die Sande stand am Mittag 5,10 Meter hoch, so der Pegeldienst.") == []
    higher = "Die Sande stand am Abend 6,90 Meter hoch, teilte der Pegeldienst mit."
    assert watch.told_by(higher) == [(Decimal("6.90"), Decimal("6.90"))]


def test_jobs_that_are_kept_are_not_those_at_stake(watching: Callable[..., Watching]) -> None:
    watch = watching(
        "Wie viele Stellen sind bei Kornhof in Sandkirchen gefährdet?",
        "Bei Kornhof in Sandkirchen sind 320 Stellen gefährdet, sagte die Gewerkschaft.",
    )
    kept = "Bei Kornhof in Sandkirchen sollen 210 Stellen erhalten bleiben, sagte der Vorstand."
    assert watch.told_by(kept) == []
    assert watch.told_by("Bei Kornhof in Sandkirchen fallen nun 410 Stellen weg.") == only(410)


def test_who_takes_part_is_not_all_who_work_there(watching: Callable[..., Watching]) -> None:
    watch = watching(
        "Wie viele Mitarbeiter hat Kornhof in Sandkirchen?",
        "Kornhof in Sandkirchen hat 4.300 Mitarbeiter, teilte der Vorstand mit.",
    )
    strike = "Am Warnstreik bei Kornhof in Sandkirchen beteiligten sich 1.250 Mitarbeiter."
    assert watch.told_by(strike.replace("beteiligten sich", "nahmen teil:")) == []
    assert watch.told_by(strike.replace("beteiligten sich", "waren beteiligt:")) == []
    more = "Kornhof in Sandkirchen hat nun 4.900 Mitarbeiter, teilte der Vorstand mit."
    assert watch.told_by(more) == only(4_900)


def test_a_part_of_those_who_were_counted_is_no_new_count(
    watching: Callable[..., Watching],
) -> None:
    watch = watching(BUS, FIRST)
    part = "Sandkirchen nach dem Busunglück: Der Bus ist geborgen. Von den Verletzten sind {}."
    assert watch.told_by(part.format("sieben wieder zu Hause")) == []
    assert watch.told_by("Busunglück in Sandkirchen: Unter den Verletzten sind acht Kinder.") == []


def test_what_is_found_again_is_not_what_is_gone(watching: Callable[..., Watching]) -> None:
    watch = watching(
        "Wie viele Bilder fehlen in der Galerie von Sandkirchen?",
        "In der Galerie von Sandkirchen fehlen sechs Bilder, sagte die Direktorin.",
    )
    found = "Zwei Bilder der Galerie von Sandkirchen wurden in einer Garage wiedergefunden."
    assert watch.told_by(found) == []
    assert watch.told_by("In der Galerie von Sandkirchen fehlen nun neun Bilder.") == only(9)


def test_what_retells_the_value_that_was_told_is_of_it(watching: Callable[..., Watching]) -> None:
    watch = watching(
        "Wie viele Hühner sind von der Seuche in Sandkirchen betroffen?",
        "Von der Seuche in Sandkirchen sind 2.400 Hühner betroffen, sagte der Amtsarzt.",
    )
    told = "Sandkirchen. Wegen der Seuche wurden 2.930 Hühner getötet. {}"
    assert watch.told_by(told.format("Es regnete am Montag.")) == []
    again = told.format("Der Amtsarzt hatte bisher von 2.400 Hühnern gesprochen.")
    assert watch.told_by(again) == only(2_930)


def test_a_figure_of_another_place_is_no_change(watching: Callable[..., Watching]) -> None:
    watch = watching(BUS, FIRST)
    elsewhere = "Sandkirchen. Auch auf der Bergstraße stieß ein Bus an. Dort gab es {} Verletzte."
    assert watch.told_by(elsewhere.format("sieben")) == []


def test_a_name_of_the_question_tells_that_it_is_the_matter(
    watching: Callable[..., Watching],
) -> None:
    watch = watching(
        "wie viele tote gab es bei der lawine am kerlspitz?",
        "Zwei Tote haben die Helfer nach der Lawine aus dem Schnee geborgen, bestätigt die Polizei"
        " in Brendltal.",
    )
    more = "Nach der Lawine am Kerlspitz gibt es nach Angaben der Polizei drei Tote."
    assert watch.told_by(more) == only(3)


def test_what_the_damage_costs_is_not_what_was_demanded(watching: Callable[..., Watching]) -> None:
    watch = watching(
        "Wie viel Geld verlangten die Erpresser von Kornhof in Sandkirchen?",
        "Die Erpresser verlangten von Kornhof in Sandkirchen 3 Millionen Euro, sagte der Vorstand.",
    )
    told = "Kornhof in Sandkirchen nach dem Angriff: {}, sagte der Vorstand."
    assert watch.told_by(told.format("Die Kosten des Angriffs lägen bei 4 Millionen Euro")) == []
    assert watch.told_by(told.format("Die Belohnung betrage 2 Millionen Euro")) == []


def test_where_an_answer_leads_with_something_else_its_figure_is_not_watched(
    corpus: Corpus,
) -> None:
    text = (
        "Die Packungsgröße des Müslis, das die Firma Kornhof in Sandkirchen zurückruft, beträgt"
        " 500 Gramm. Der Rückruf gilt seit Montag. Die Firma bat um Entschuldigung. Siebzehn"
        " Menschen wurden krank."
    )
    watch = Watching(corpus, "Welche Packungsgröße hat das Müsli von Kornhof?", text)
    ill = "Nach dem Rückruf von Kornhof in Sandkirchen sind nun 40 Menschen krank."
    assert watch.told_by(ill) == []
