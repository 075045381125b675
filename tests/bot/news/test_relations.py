from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.news.relations import Relation, follows, on_one_matter, relates, relation_of
from index.corpus import Corpus
from index.types import StoredArticle
from tests.making import make_article, make_corpus

FIRST = (
    "Nach dem Hochwasser in Auental mussten 1.200 Menschen ihre Wohnungen verlassen, teilte die"
    " Stadtverwaltung Auental mit. Auch Tarnberg ist betroffen."
)
CORRECTION = (
    "Das Ministerium nennt für das Hochwasser in Auental und Tarnberg jetzt 1.050 Menschen, die"
    " ihre Wohnungen verlassen mussten. Die Stadtverwaltung hatte zuvor von 1.200 gesprochen."
)
CONFLICT = (
    "Der Landkreis zählte nach dem Hochwasser in Auental und Tarnberg 900 Menschen, die ihre"
    " Wohnungen verlassen mussten."
)
CLOSING = (
    "Der Konzern Velomark schließt sein Werk in Auental. Der Aufsichtsrat hat den Beschluss zur"
    " Schließung des Werks am Montag gefasst, in Tarnberg bleibt alles beim Alten."
)
LIFTED = (
    "Der Aufsichtsrat von Velomark hat den Beschluss zur Schließung des Werks in Auental"
    " aufgehoben. Auch in Tarnberg ist die Freude groß."
)


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    corpus = make_corpus(tmp_path)
    yield corpus
    corpus.close()


def stored(number: int, text: str, day: str) -> StoredArticle:
    return StoredArticle(number, make_article(text, published=day))


def test_who_retells_a_figure_as_one_of_before_corrects_it() -> None:
    older, newer = stored(1, FIRST, "2025-06-03"), stored(2, CORRECTION, "2025-06-04")
    assert relates(newer, older) is Relation.CORRECTS
    assert relates(older, newer) is None


def test_who_says_otherwise_corrects_nothing() -> None:
    assert relates(stored(2, CONFLICT, "2025-06-03"), stored(1, FIRST, "2025-06-03")) is None


def test_what_lifts_a_decision_supersedes_it() -> None:
    older, newer = stored(1, CLOSING, "2025-06-03"), stored(2, LIFTED, "2025-12-03")
    assert relates(newer, older) is Relation.SUPERSEDES


def test_a_later_text_at_the_same_address_is_a_new_version(corpus: Corpus) -> None:
    url = "https://blatt.example/werk"
    old = corpus.add(make_article(CLOSING, url=url)).stored
    new = corpus.add(make_article(CLOSING + " Nachtrag vom Abend.", url=url)).stored
    assert relation_of(corpus, new, old) is Relation.NEW_VERSION


def test_the_same_text_elsewhere_is_a_copy(corpus: Corpus) -> None:
    one = corpus.add(make_article(CLOSING, url="https://eins.example/a")).stored
    other = corpus.add(make_article(f"{CLOSING} (dna)", url="https://zwei.example/b")).stored
    assert relation_of(corpus, other, one) is Relation.COPY


def test_articles_are_on_one_matter_by_the_names_that_they_share() -> None:
    one, other = stored(1, FIRST, "2025-06-03"), stored(2, CLOSING, "2025-06-04")
    apart = stored(3, "In Wien regnet es seit drei Tagen.", "2025-06-04")
    assert on_one_matter(one, other, "Wie viele?")
    assert not on_one_matter(one, apart, "Wie viele?")


def test_what_is_newer_follows_on_the_same_matter_alone(corpus: Corpus) -> None:
    older, newer, other = (
        corpus.add(make_article(text, published=f"2024-11-{day}T10:00:00+00:00")).stored
        for text, day in ((FIRST, "06"), (CORRECTION, "07"), (CLOSING, "08"))
    )
    question = "Wie viele mussten in Auental ihre Wohnungen verlassen?"
    assert follows(newer, older, question)
    assert not follows(older, newer, question)
    assert not follows(corpus.add(make_article(CONFLICT)).stored, older, question)
    elsewhere = "In Pfaffenau regnet es. Das Rathaus von Pfaffenau bleibt geschlossen."
    far = corpus.add(make_article(elsewhere, published="2024-11-09T10:00:00+00:00")).stored
    assert not follows(far, other, question)


FIRE = (
    "Beim Brand der Papiermühle in Tarnberg wurden nach Angaben der Feuerwehr Auental 40 Menschen"
    " verletzt. Die Kreisstraße von Tarnberg nach Auental bleibt drei Wochen gesperrt. Betreiber"
    " Haldorf sprach von 12.000 Kubikmetern Löschwasser, das Umweltamt Auental von 19.000"
    " Kubikmetern."
)
VERDICT = (
    "Das Landgericht Auental hat den Mühlenbesitzer Jorin Haldorf aus Tarnberg zu drei Jahren"
    " Gefängnis verurteilt."
)
ENGLISH_FIRE = (
    "Forty people were injured when the paper mill in Tarnberg burned, the Auental fire service"
    " said. The operator, Haldorf, spoke of 12,000 cubic metres of water, the environment agency in"
    " Auental of 19,000 cubic metres."
)
ABOUT = "Auental. Beim Brand der Papiermühle in Tarnberg wurden 31 Menschen verletzt. "
IN_ENGLISH = "The fire at the paper mill in Tarnberg near Auental injured 31 people. "
OTHERWISE = (
    (FIRE, ABOUT + "Frühere Angaben der Feuerwehr seien damit hinfällig."),
    (FIRE, ABOUT + "Die bisherigen, einander widersprechenden Zahlen sind damit überholt."),
    (FIRE, ABOUT + "Anders als zunächst gemeldet, wurden weniger Menschen bei dem Brand verletzt."),
    (FIRE, ABOUT + "Es waren nicht so viele Verletzte wie zunächst angenommen, so die Feuerwehr."),
    (FIRE, ABOUT + "Entgegen ersten Meldungen der Feuerwehr waren keine Kinder darunter."),
    (FIRE, ABOUT + "Mehrere Verletzte der Mühle wurden aus der Statistik herausgerechnet."),
    (FIRE, ABOUT + "Aus den angekündigten drei Wochen Sperrung werden Monate."),
    (FIRE, ABOUT + "Das Wasser: 15.000 Kubikmeter. Das liegt zwischen den Angaben beider Seiten."),
    (FIRE, ABOUT + "Der Betreiber räumte nun ein, dass es 19.000 Kubikmeter Wasser waren."),
    (FIRE, ABOUT + "Haldorf gibt dem Amt recht: 19.000 Kubikmeter Wasser liefen aus."),
    (FIRE, ABOUT + "Die Feuerwehr hatte zuvor von 40 Verletzten gesprochen."),
    (FIRE, ABOUT + "In der ersten Meldung der Feuerwehr hätten Verletzte gefehlt."),
    (FIRE, ABOUT + "Die Sperrung der Kreisstraße nach Tarnberg dauert länger als geplant."),
    (FIRE, ABOUT + "Ursprünglich sollte die Kreisstraße drei Wochen gesperrt bleiben."),
    (ENGLISH_FIRE, IN_ENGLISH + "The Auental fire service left Tarnberg later than planned."),
    (FIRE, IN_ENGLISH + "Earlier figures by the fire service were too high."),
    (FIRE, IN_ENGLISH + "The operator now concedes that it was 19,000 cubic metres of water."),
    (FIRE, IN_ENGLISH + "Some 15,000 cubic metres ran out, between the two estimates."),
    (FIRE, IN_ENGLISH + "Fewer people were injured in the fire than first reported."),
    (ENGLISH_FIRE, IN_ENGLISH + "Contrary to initial reports by the fire service, no one died."),
    (ENGLISH_FIRE, IN_ENGLISH + "The number of people injured was not 40, as was first reported."),
    (ENGLISH_FIRE, ABOUT + "Die früheren Zahlen der Feuerwehr zum Brand waren zu hoch."),
    (VERDICT, "Die Haftstrafe gegen Jorin Haldorf aus Tarnberg in Auental wurde annulliert."),
    (VERDICT, "Das Urteil des Landgerichts Auental gegen Haldorf aus Tarnberg ist aufgehoben."),
    (
        VERDICT,
        "The prison sentence against Jorin Haldorf of Tarnberg, set in Auental, was quashed.",
    ),
    (VERDICT, "A court has set it aside: the Auental sentence of Haldorf, Tarnberg, was annulled."),
)
NOTHING = (
    (FIRE, ABOUT + "Am Samstag soll neu ausgezählt werden, wie viele Helfer kamen."),
    (FIRE, ABOUT + "Der Bürgermeister sprach den Angehörigen sein Beileid aus."),
    (FIRE, ABOUT + "Der Landkreis rechnet mit 90 Verletzten."),
    (FIRE, ABOUT + "Frühere Mitarbeiter erinnern sich an Brände in der Mühle."),
    (FIRE, IN_ENGLISH + "Officials called for a recount of the votes in the council."),
    (FIRE, IN_ENGLISH + "The council will set aside two million euros for the mill."),
    (FIRE, IN_ENGLISH + "Neighbours now agree that the mill should be rebuilt."),
    (VERDICT, "Jorin Haldorf aus Tarnberg ist in Auental in Haft gekommen."),
    (VERDICT, "Der Rat von Auental hat die Sperre der Brücke in Tarnberg aufgehoben."),
)


@pytest.mark.parametrize(("older", "newer"), OTHERWISE, ids=[newer for _, newer in OTHERWISE])
def test_what_names_what_it_replaces_relates_to_it(older: str, newer: str) -> None:
    first, second = stored(1, older, "2025-06-03"), stored(2, newer, "2025-06-04")
    assert relates(second, first) is not None
    assert relates(first, second) is None


@pytest.mark.parametrize(("older", "newer"), NOTHING, ids=[newer for _, newer in NOTHING])
def test_what_only_goes_on_relates_to_nothing(older: str, newer: str) -> None:
    assert relates(stored(2, newer, "2025-06-04"), stored(1, older, "2025-06-03")) is None
