"""The pins: every package of an installation with one version, and with hashes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
_PIN = re.compile(r"(?m)^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)")


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(name: str) -> dict[str, str]:
    found = _PIN.findall((DEPLOY / name).read_text(encoding="utf-8"))
    assert len({normal(package) for package, _ in found}) == len(found), "each package once"
    return {normal(package): version for package, version in found}


def test_the_hashed_pins_are_the_pins_but_for_torch() -> None:
    plain, hashed = pins("requirements.txt"), pins("requirements-hashed.txt")
    assert "torch" in plain
    del plain["torch"]
    assert hashed == plain, "make hashes"


def test_every_pin_has_a_hash_and_nothing_comes_from_elsewhere() -> None:
    text = (DEPLOY / "requirements-hashed.txt").read_text(encoding="utf-8")
    blocks = re.split(r"(?m)^(?=[A-Za-z0-9])", text)[1:]
    assert len(blocks) == len(pins("requirements-hashed.txt"))
    for block in blocks:
        assert re.search(r"(?m)^ {4}--hash=sha256:[0-9a-f]{64}", block), block[:60]
    assert "://" not in text
    assert "--index" not in text


def test_what_the_project_needs_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    plain = pins("requirements.txt")
    for_tests = plain | pins("requirements-dev.txt")
    for needed, pinned in (
        (project["dependencies"], plain),
        (project["optional-dependencies"]["dev"], for_tests),
    ):
        names = {normal(re.split(r"[\s<>=;\[~!]", one, maxsplit=1)[0]) for one in needed}
        assert names <= set(pinned), names - set(pinned)
