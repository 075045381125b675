"""The dashboard that ships: whatever it asks for is told."""

from __future__ import annotations

import json
import re
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from bot.health.figures import Figures
from bot.health.survey import Survey
from index.errors import BelegError

FILE = Path(__file__).parents[3] / "deploy" / "grafana-dashboard.json"
_WORDS = {"sum", "by", "rate", "delta", "histogram_quantile", "le", "outcome", "code", "instance"}


def told() -> dict[str, set[str]]:
    """Return the names of all series with their labels, once everything has happened."""
    figures = Figures()
    figures.surveyed(Survey())
    figures.intake("added", 0.1)
    figures.error(BelegError("too_many_asking"))
    figures.trouble("outage", 1)
    found: dict[str, set[str]] = {}
    for family in text_string_to_metric_families(figures.text().decode()):
        for sample in family.samples:
            found.setdefault(sample.name, set()).update(sample.labels)
    return found


def test_every_query_asks_for_a_series_that_is_told() -> None:
    dashboard = json.loads(FILE.read_text(encoding="utf-8"))
    series, asked = told(), set[str]()
    for panel in dashboard["panels"]:
        assert panel["targets"], panel["title"]
        for target in panel["targets"]:
            names = set(re.findall(r"\b(?:beleg|process)_\w+", target["expr"]))
            assert names, target["expr"]
            assert names <= series.keys(), target["expr"]
            asked |= names
            for label in re.findall(r"by \((\w+)\)", target["expr"]):
                assert all(label in series[name] for name in names), target["expr"]
            unknown = set(re.findall(r"\b[a-z_]{3,}\b(?=\s*\()", target["expr"])) - _WORDS
            assert not unknown, unknown
    # Nothing is told that nobody looks at.
    ours = {
        re.sub("_(?:bucket|sum|count|created|total)$", "", name)
        for name in series
        if "beleg" in name
    }
    shown = {re.sub("_(?:bucket|total)$", "", name) for name in asked}
    assert ours - shown == set()


def test_panels_do_not_lie_on_one_another() -> None:
    dashboard = json.loads(FILE.read_text(encoding="utf-8"))
    taken: set[tuple[int, int]] = set()
    for panel in dashboard["panels"]:
        at = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(at["x"], at["x"] + at["w"])
            for y in range(at["y"], at["y"] + at["h"])
        }
        assert at["x"] + at["w"] <= 24
        assert not cells & taken, panel["title"]
        taken |= cells
    assert len({panel["id"] for panel in dashboard["panels"]}) == len(dashboard["panels"])
