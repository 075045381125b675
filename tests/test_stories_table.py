"""What is said of the stories in the README."""

from bot.evaluate_stories import StoryReport
from tests.stories_table import as_markdown

SHARED = StoryReport(48, 74, {"current: right value leads": (18, 23), "nothing asked": (0, 0)}, 1.0)
OWN = StoryReport(48, 79, {"current: right value leads": (14, 26)}, 1.0)


def test_every_figure_has_its_row_and_a_share() -> None:
    lines = as_markdown(SHARED).splitlines()
    assert lines[2:4] == [
        "| current: right value leads | 18 of 23 | 78.3 % |",
        "| nothing asked | 0 of 0 | – |",
    ]
    assert lines[-1] == (
        "Made by `make stories` (48 articles, 74 questions), as by `beleg evaluate`."
    )


def test_the_stories_of_our_own_are_told_in_one_sentence() -> None:
    told = as_markdown(SHARED, OWN).splitlines()[-1]
    assert told.endswith("their failures read since: right value leads 14 of 26.")
    assert as_markdown(SHARED, OWN).count("|") == as_markdown(SHARED).count("|")
