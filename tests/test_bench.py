from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tests.bench import Bench, Plan, borrow
from tests.bench_figures import Figure, as_markdown, as_table, quantile, ratio
from tests.bench_start import resident_mib
from tests.fakes import HashingEmbedder
from tests.prose import make_articles

TINY = Plan(
    rounds=2,
    small_passages=40,
    large_passages=30,
    batch=5,
    questions=3,
    per_second=100.0,
    embedded=20,
)


async def test_a_tiny_run_measures_everything(tmp_path: Path) -> None:
    told: list[str] = []
    bench = Bench(TINY, HashingEmbedder(), tmp_path, told.append)
    figures = await bench.run([*make_articles(3, first=7)])
    names = [(figure.group, figure.name) for figure in figures]
    assert len(set(names)) == len(names)
    measured = " ".join(f"{group} {name}" for group, name in names)
    for what in (
        "articles",
        "sentences",
        "1,000 passages",
        "rebuild",
        "p50",
        "p95",
        "gap",
        "alone",
    ):
        assert what in measured
    assert all(run > 0 for figure in figures for run in figure.runs if figure.name != "gap")
    assert any("3 articles of others" in line for line in told)


def test_borrowed_vectors_are_near_to_those_they_come_from_and_not_the_same() -> None:
    embedder = HashingEmbedder()
    lent = ["Der Rat beriet lange.", "Die Züge fahren wieder."]
    vectors = borrow(embedder.embed_sentences(lent), 50, np.random.default_rng(0))
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    cosines = (vectors @ embedder.embed_sentences(lent).T).max(axis=1)
    assert cosines.min() > 0.85
    assert cosines.max() < 0.9999


def test_a_ratio_divides_run_by_run() -> None:
    busy, alone = Figure("g", "p50", "ms", (30.0, 80.0)), Figure("h", "p50", "ms", (10.0, 20.0))
    assert ratio("slower", busy, alone) == Figure("g", "slower", "times", (3.0, 4.0))


@pytest.mark.parametrize(("share", "value"), [(0.0, 1), (0.5, 11), (0.95, 20), (1.0, 20)])
def test_a_quantile_lies_above_that_share_of_the_values(share: float, value: float) -> None:
    assert quantile([*range(20, 0, -1)], share) == value


def test_a_figure_that_was_never_measured_is_refused() -> None:
    with pytest.raises(ValueError, match="no run"):
        Figure("g", "p50", "ms", ())


def test_a_figure_reads_as_json() -> None:
    figure = Figure("g", "p50", "ms", (1.0, 9.0, 2.0), 5.0)
    assert json.loads(json.dumps(figure.as_json())) == {
        "group": "g",
        "name": "p50",
        "unit": "ms",
        "median": 2.0,
        "runs": [1.0, 9.0, 2.0],
        "target": 5.0,
    }


def test_the_table_has_a_line_a_figure_under_its_group() -> None:
    figures = [
        Figure("start", "model", "s", (4.0, 6.5, 5.0)),
        Figure("loop", "gap", "ms", (12.3,), 250.0),
        Figure("loop", "sentences", "a second", (12345.6,)),
    ]
    lines = as_table(figures).splitlines()
    assert [line.split() for line in lines] == [
        ["median", "lowest", "highest", "runs", "target"],
        [],
        ["start"],
        ["model", "[s]", "5.00", "4.00", "6.50", "3"],
        [],
        ["loop"],
        ["gap", "[ms]", "12.3", "12.3", "12.3", "1", "<", "250"],
        ["sentences", "[a", "second]", "12,346", "12,346", "12,346", "1"],
    ]


def test_the_table_for_the_readme_names_each_group_once() -> None:
    figures = [
        Figure("start", "model", "s", (4.0, 6.5, 5.0)),
        Figure("start", "memory", "MiB", (490.0,)),
    ]
    assert as_markdown(figures).splitlines()[2:] == [
        "| start | model | 5.00 s | 4.00 – 6.50 |",
        "|  | memory | 490 MiB |  |",
    ]


def test_memory_grows_with_what_is_held() -> None:
    before = resident_mib()
    if before is None:
        pytest.skip("this system does not tell")
    held = np.ones(8_000_000)
    after = resident_mib()
    assert after is not None
    assert after - before > 30
    assert (resident_mib("VmHWM") or 0) >= after
    del held
