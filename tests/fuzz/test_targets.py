"""The targets of the fuzzers: every case that was ever found, and some hundred inputs more.

`python -m tests.fuzz --minutes N` tries as many as there is time for.
"""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz import extraction
from tests.fuzz.counter import Counter
from tests.fuzz.targets import NAMES, Target, load

CASES = sorted(path for path in (Path(__file__).parent / "cases").glob("*/*") if path.is_file())
# (where, how much goes, what comes): a seed with some edits is nearly what a reader expects.
EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), st.integers(0, 10**6), st.binary(max_size=6)),
    max_size=6,
)


@cache
def target(name: str) -> tuple[Target, list[bytes]]:
    loaded = load(name)
    return loaded, loaded.seeds()


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}: {path.name}")
def test_what_was_found_once_is_found_no_more(path: Path) -> None:
    target(path.parent.name)[0].check(path.read_bytes())


@pytest.mark.parametrize("name", NAMES)
def test_the_seeds_themselves_are_sound(name: str) -> None:
    loaded, seeds = target(name)
    assert len(seeds) >= 16
    for seed in seeds[:40]:
        loaded.check(seed)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_the_input_is_no_promise_is_broken(name: str, data: st.DataObject) -> None:
    loaded, seeds = target(name)
    made = bytearray(data.draw(st.sampled_from(seeds)))
    for where, gone, number, come in data.draw(EDITS):
        at = int(where * len(made))
        word = loaded.dictionary[number % len(loaded.dictionary)].encode()
        made[at : at + gone] = come + (word if number % 2 else b"")
    loaded.check(bytes(made[: loaded.longest]))


@pytest.mark.parametrize("name", NAMES)
@given(data=st.binary(max_size=300))
def test_bytes_of_no_kind_are_taken_calmly(name: str, data: bytes) -> None:
    target(name)[0].check(data)


def test_a_target_sees_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("a fault")

    monkeypatch.setattr("index.documents.read_document", broken)
    with pytest.raises(extraction.FaultError, match="a fault"):
        extraction.check(b"\2Ein Text.")


def test_a_count_goes_on_in_another_process(tmp_path: Path) -> None:
    path = tmp_path / "count"
    with Counter(path) as counter:
        counter.count()
        lines = "import sys; from pathlib import Path; from tests.fuzz.counter import Counter"
        more = f"{lines}\nCounter(Path(sys.argv[1]), existing=True).count()"
        subprocess.run([sys.executable, "-c", more, str(path)], check=True)
        assert counter.value == 2
