from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from bot.excerpt_limits import ExcerptLimits
from bot.language.figures import figure_text, unit_name
from bot.news.chart import Scale
from bot.news.claim import Account, Figure, Hedge
from bot.news.history import MOST_DRAWN, History, chart_of, history_of
from bot.types import Language
from tests.bot.news.claims import account, claim, falkenried

BERLIN = timezone(timedelta(hours=1))
GERMAN, ENGLISH = Language.GERMAN, Language.ENGLISH
QUESTION = "Wie hat sich die Zahl der Verletzten entwickelt?"


def history(told: Account, stated: dict[int, int] | None = None) -> History:
    return history_of(QUESTION, told, ExcerptLimits(), stated or {})


def test_values_stand_in_their_order_and_only_the_last_one_holds() -> None:
    found = history(account(falkenried()))
    assert [str(said.claim.figure.least) for said in found.said if said.claim.figure] == [
        "12", "23", "31", "27", "26",
    ]  # fmt: skip
    assert [said.holds for said in found.said] == [False] * 4 + [True]
    assert all(said.quote and said.quote.highlight == said.claim.value for said in found.said)


def test_a_value_that_is_only_repeated_stands_once_with_who_repeats_it() -> None:
    first = claim(1, "Es gibt 27 Verletzte.", "27", "27")
    again = claim(2, "Es sind 27 Verletzte.", "27", "27", outlet="Tagesruf")
    other = claim(3, "Es sind 30 Verletzte.", "30", "30", outlet="Alpenbote")
    back = claim(4, "Es waren 27 Verletzte.", "27", "27", outlet="Nordblick")
    found = history(account([first, again, other, back]))
    assert [(said.claim, said.again) for said in found.said] == [
        (first, (again,)), (other, ()), (back, ()),
    ]  # fmt: skip


def test_a_voice_that_repeats_itself_says_nothing_new_whatever_others_say_between() -> None:
    told = [
        claim(1, "Laut Stadt sind es 1200.", "1200", "1200", claimant="Stadt"),
        claim(2, "Der Landkreis zählt 900.", "900", "900", claimant="Landkreis"),
        claim(3, "Die Stadt bleibt bei 1200.", "1200", "1200", claimant="Stadt", outlet="Blick"),
    ]
    assert len(history(account(told)).said) == 2


def test_the_same_number_with_another_hedge_or_unit_is_another_value() -> None:
    told = [
        claim(1, "Es sind 900 Menschen.", "900", "900"),
        claim(2, "Es sind rund 900 Menschen.", "900", "900", hedge=Hedge.ABOUT),
        claim(3, "Es sind 900 Euro.", "900", "900", unit="euro"),
    ]
    assert len(history(account(told)).said) == 3


def test_of_a_site_that_lets_nothing_be_shown_there_is_no_quotation_and_no_point() -> None:
    told = falkenried()
    found = history(account(told), {2: 0})
    assert found.said[1].quote is None
    chart = chart_of(found, GERMAN, BERLIN)
    assert chart is not None
    assert "23" not in [point.label for point in chart.points]
    assert chart.note == "Nicht im Bild: eine weitere Angabe."


def test_the_picture_has_every_value_with_its_time_voice_and_source() -> None:
    chart = chart_of(history(account(falkenried())), GERMAN, BERLIN)
    assert chart is not None
    assert [point.label for point in chart.points] == ["mind. 12", "23", "31", "27", "26"]
    assert [point.moment.hour for point in chart.points if point.moment] == [8, 13, 13, 18, 10]
    assert chart.points[0].hedge is Hedge.AT_LEAST
    assert chart.points[2].claimant == "Rettungsdienst im Kreis Obersee"
    assert chart.sources == ("dna", "Alpenbote", "Hallingen Herald")
    assert (chart.scale, chart.unit, chart.note) == (Scale.NUMBER, "Verletzte", "")


def test_figures_of_another_unit_are_left_out_and_counted() -> None:
    told = [
        *(claim(i, f"Es kostet {i} Euro.", str(i), str(i), unit="euro") for i in (1, 2, 3)),
        claim(4, "Es dauert 9 Jahre.", "9", "9", unit="year"),
        claim(5, "Es wird teurer.", "teurer"),
        claim(6, "Es kostet 7 Euro.", "7", "7", unit="euro", made=None),
    ]
    chart = chart_of(history(account(told)), ENGLISH)
    assert chart is not None
    assert [point.label for point in chart.points] == ["1 €", "2 €", "3 €", "7 €"]
    assert chart.points[3].moment is None
    assert (chart.unit, chart.note) == ("euros", "Not in the picture: 2 more statements.")


def test_days_are_drawn_on_an_axis_of_days() -> None:
    told = [
        claim(1, "Eröffnet wird im Herbst 2026.", "im Herbst 2026",
              days=("2026-09-22", "2026-12-20"), made="2025-02-11"),
        claim(2, "Eröffnet wird am 11. September 2027.", "11. September 2027",
              days=("2027-09-11", "2027-09-11"), made="2026-03-06"),
    ]  # fmt: skip
    chart = chart_of(history(account(told)), GERMAN)
    assert chart is not None
    assert chart.scale is Scale.DATE
    assert [point.label for point in chart.points] == ["im Herbst 2026", "11. September 2027"]
    assert not any(point.timed for point in chart.points)
    assert chart.points[1].least == date(2027, 9, 11).toordinal()
    assert chart.points[0].moment == datetime.fromisoformat("2025-02-11T12:00")


def test_words_alone_make_no_picture() -> None:
    assert (
        chart_of(history(account([claim(1, "Sie tritt zurück.", "tritt zurück")])), GERMAN) is None
    )
    assert chart_of(history(Account((), (), 0)), GERMAN) is None


def test_of_very_many_values_the_newest_are_drawn() -> None:
    told = [
        claim(i, f"Es sind {i} Menschen.", str(i), str(i), made=f"2025-11-{i:02}")
        for i in range(1, MOST_DRAWN + 6)
    ]
    chart = chart_of(history(account(told)), GERMAN)
    assert chart is not None
    assert len(chart.points) == MOST_DRAWN
    assert chart.points[-1].label == str(MOST_DRAWN + 5)


def test_a_figure_nobody_could_draw_is_left_out() -> None:
    told = [claim(1, "Es sind 5.", "5", "5"), claim(2, "Es sind 10 hoch 40.", "10 hoch 40", "1e40")]
    chart = chart_of(history(account(told)), GERMAN)
    assert chart is not None
    assert len(chart.points) == 1


@pytest.mark.parametrize(
    ("figure", "german", "english"),
    [
        (Figure(Decimal(12), Decimal(12)), "12", "12"),
        (Figure(Decimal(8000), Decimal(8000), hedge=Hedge.ABOUT), "rund 8.000", "about 8,000"),
        (Figure(Decimal(3400000), Decimal(3400000)), "3,4 Mio.", "3.4m"),
        (Figure(Decimal(1200000000), Decimal(1200000000), "euro"), "1,2 Mrd. €", "1.2bn €"),
        (Figure(Decimal(1234567), Decimal(1234567)), "1.234.567", "1,234,567"),
        (Figure(Decimal("12.5"), Decimal("12.5"), "percent"), "12,5 %", "12.5 %"),
        (Figure(Decimal("0.02"), Decimal("0.020")), "0,02", "0.02"),
        (Figure(Decimal(40), Decimal(60), None, None, Hedge.AT_MOST), "bis zu 40 bis 60",
         "up to 40 to 60"),
        (Figure(Decimal(-12), Decimal(-12), "elbow"), "\u221212 elbow", "\u221212 elbow"),
        (Figure(Decimal("1.5e40"), Decimal("1.5e40"), "metre"), "1,500e+40 m", "1.500e+40 m"),
        (Figure(Decimal(300), Decimal(300), hedge=Hedge.NEARLY), "knapp 300", "nearly 300"),
    ],
)  # fmt: skip
def test_figures_are_written_exactly(figure: Figure, german: str, english: str) -> None:
    assert figure_text(GERMAN, figure) == german
    assert figure_text(ENGLISH, figure) == english


def test_a_unit_without_a_name_is_called_as_it_is() -> None:
    assert (unit_name(GERMAN, "hectare"), unit_name(GERMAN, "elbow")) == ("Hektar", "elbow")
