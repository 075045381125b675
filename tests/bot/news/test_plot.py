"""Pictures made for real, measured by their own geometry."""

from __future__ import annotations

import struct
from datetime import timedelta
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from bot.excerpt import cut
from bot.news.brush import COLOURS, GROUND, MUTED, TEXT
from bot.news.chart import Chart, ImageKind
from bot.news.place import Anchor, Box, crosses, place
from bot.news.plot import WIDTH, draw, drawn
from bot.types import Language
from tests.bot.news.charts import CHARTS, GERMAN, MORNING, many, point
from tests.hostile_texts import HOSTILE


def texts(chart: Chart) -> dict[Text, Bbox]:
    """Return all words on a picture and the boxes that they fill."""
    figure = drawn(chart)
    found = [artist for artist in figure.findobj(Text) if isinstance(artist, Text)]
    return {one: one.get_window_extent() for one in found if one.get_text()}


def words(chart: Chart) -> list[str]:
    return [one.get_text() for one in texts(chart)]


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_no_words_cover_others_and_all_lie_on_the_card(chart: Chart) -> None:
    found = texts(chart)
    figure = drawn(chart)
    width, height = figure.get_size_inches() * figure.dpi
    for one, box in found.items():
        assert box.x0 >= 0, one
        assert box.y0 >= 0, one
        assert box.x1 <= width, one
        assert box.y1 <= height, one
    for (one, box), (other, covered) in combinations(found.items(), 2):
        assert not box.overlaps(covered) or touching(box, covered), (one, other)


def touching(one: Bbox, other: Bbox) -> bool:
    """Whether lines below each other share but the room that no letter of them fills."""
    common = Bbox.intersection(one, other)
    return common is None or min(common.width, common.height) <= 1


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_every_value_and_every_source_is_there(chart: Chart) -> None:
    found = words(chart)
    for label in {one.label for one in chart.points}:
        wanted = sum(one.label == label for one in chart.points)
        assert found.count(label) >= wanted, label
    legend = [name for name in chart.sources if any(name[:12] in one for one in found)]
    foreign = [name for name in chart.sources if not name.isascii() and name not in legend]
    assert len(legend) + len(foreign) == len(chart.sources)


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
@pytest.mark.parametrize("kind", ImageKind)
def test_a_picture_is_small_and_the_same_each_time(chart: Chart, kind: ImageKind) -> None:
    picture = draw(chart, kind)
    assert picture == draw(chart, kind)
    assert len(picture) < 600_000
    if kind is ImageKind.PNG:
        assert picture.startswith(b"\x89PNG")
        width, height = struct.unpack(">II", picture[16:24])
        assert width == 3 * WIDTH
        assert height < 6_000
    else:
        assert ET.fromstring(picture).tag.endswith("svg")


def test_claimants_stand_at_their_values_where_there_is_room() -> None:
    chart = CHARTS["two contradicting at once"]
    assert {"nach Angaben der USA", "ukrainischer Geheimdienst"} <= set(words(chart))


def test_what_is_overtaken_is_explained_only_where_something_is() -> None:
    assert "overtaken" in words(CHARTS["twelve over days"])
    assert "überholt" not in words(CHARTS["one point"])


def test_what_nobody_knows_the_date_of_stands_before_the_axis_of_time() -> None:
    found = {one.get_text(): box for one, box in texts(CHARTS["one of unknown date"]).items()}
    assert found["ohne Datum"].x1 < found["3. Juni, 07:10"].x0
    assert found["rund 8.000"].x1 < found["3. Juni, 07:10"].x0
    assert "ohne Datum" not in words(CHARTS["one point"])


def test_letters_without_a_shape_in_the_font_become_boxes() -> None:
    assert any("\u25a1" * 4 in one for one in words(CHARTS["hostile names"]))


@pytest.mark.parametrize(
    ("language", "day", "number"), [(GERMAN, "Juni", "1.000"), (Language.ENGLISH, "June", "1,000")]
)
def test_days_and_figures_are_written_as_the_language_does(
    language: Language, day: str, number: str
) -> None:
    found = words(many(6, 30, language=language))
    assert any(day in one for one in found)
    assert number in found


def test_times_stand_at_the_axis_where_all_was_said_within_hours() -> None:
    found = words(CHARTS["twelve within two hours"])
    assert any(one.endswith(":00") for one in found)


def test_no_time_of_day_is_shown_where_only_days_are_known() -> None:
    days = CHARTS["percent"]
    assert not any(":" in one for one in words(days))


@pytest.mark.parametrize("part", range(4))
def test_hostile_names_are_drawn_as_letters_and_stay_on_the_card(part: int) -> None:
    names = [name for name in (cut(one, 60) for one in HOSTILE[part::4]) if name]
    chart = Chart(
        names[0],
        tuple(
            point(i, names[i], at=MORNING + timedelta(hours=i), source=names[i], claimant=names[i])
            for i in range(len(names))
        ),
        GERMAN,
        unit=names[1],
    )
    for one, box in texts(chart).items():
        assert box.x0 >= 0, one
        assert box.x1 <= WIDTH, one
    ET.fromstring(draw(chart, ImageKind.SVG))


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_words_and_marks_stand_out_from_their_ground() -> None:
    """7 and 4.5 to 1 are what WCAG 2.2 asks of text, 3 to 1 of shapes."""
    assert contrast(TEXT, GROUND) > 7
    assert contrast(MUTED, GROUND) > 4.5
    assert min(contrast(colour, GROUND) for colour in COLOURS) > 4.5


def test_a_chart_without_points_and_points_without_a_value_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Chart("?", (), GERMAN)
    with pytest.raises(ValueError, match="at least one"):
        Chart("?", (point(5, at=None),), GERMAN)
    with pytest.raises(ValueError, match="finite"):
        point(float("nan"))
    with pytest.raises(ValueError, match="finite"):
        point(5, most=4)
    with pytest.raises(ValueError, match="label"):
        point(5, " ")


def test_labels_that_have_no_room_are_told() -> None:
    anchors = [Anchor(10, 10, (Box(5, 5, 15, 15),), 30, 10)] * 3
    assert place(anchors, Box(0, 0, 40, 40)) is None


def test_labels_far_from_their_points_have_a_line_that_crosses_no_other() -> None:
    anchors = [Anchor(x, 100, (Box(x - 5, 95, x + 5, 105),), 60, 14) for x in range(150, 250, 12)]
    placed = place(anchors, Box(0, 0, 400, 200))
    assert placed is not None
    assert any(one.leader for one in placed)
    for one, other in combinations(placed, 2):
        assert not one.box.meets(other.box)
        assert not (one.leader and crosses(one.leader, other.box))


def test_a_line_crosses_a_box_only_where_it_runs_through_it() -> None:
    box = Box(10, 10, 20, 20)
    assert crosses((0, 15, 30, 15), box)
    assert crosses((12, 12, 13, 13), box)
    assert not crosses((0, 25, 30, 25), box)
    assert not crosses((0, 0, 9, 9), box)
    assert not any(crosses((0, y, 30, y), box) for y in (10, 20))


def test_later_moments_stand_further_right() -> None:
    chart = CHARTS["twelve over days"]
    found = sorted(texts(chart).items(), key=lambda item: item[1].x0)
    ticks = [one.get_text() for one, _ in found if one.get_text().endswith("June")]
    numbers = [int(one.split()[0]) for one in ticks]
    assert len(numbers) > 2
    assert all(one < other for one, other in pairwise(numbers))
