"""What stands in deploy/: read here, and held against the code and against tools where there are.

That they run is more than this machine can show; deploy/OPERATING.md says what was tried.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import documentation, read_settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
UNITS = ("beleg.service", "beleg-backup.service", "beleg-backup.timer")
SERVICES = UNITS[:2]


def text_of(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def lines(unit: str, directive: str) -> list[str]:
    """The values of a directive, which systemd takes several times."""
    return re.findall(rf"(?m)^{directive}=(.*)$", text_of(unit))


def variables() -> Iterator[tuple[str, str]]:
    """Every setting that a file of deploy/ names, with the file."""
    for path in sorted(DEPLOY.iterdir()):
        if path.is_file():
            for name in re.findall(r"\bBELEG_[A-Z_]+[A-Z]\b", path.read_text(encoding="utf-8")):
                yield name, path.name


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(text_of("compose.yaml"))
    return loaded


def last_stage() -> str:
    return text_of("Dockerfile").rpartition("\nFROM ")[2]


def test_every_setting_that_is_named_is_one() -> None:
    known = {row.variable for row in documentation()}
    named = set(variables())
    assert {name for name, _ in named} <= known, sorted(named)
    assert len(named) > len(known)


def test_the_sample_of_settings_is_taken_as_it_stands() -> None:
    filled = {
        row.variable: row.default
        for row in documentation()
        if re.fullmatch(r"\d+|on|off|text|local|[\d.]+:\d+", row.default)
    }
    assert len(filled) > 8
    assert read_settings({"HOME": "/a", **filled}) == read_settings({"HOME": "/a"})


def test_the_versions_are_those_of_the_project() -> None:
    assert f'image.version="{VERSION}"' in last_stage()
    assert compose()["services"]["beleg"]["image"] == f"beleg:{VERSION}"
    minor = ".".join(map(str, sys.version_info[:2]))
    assert re.findall(r"(?m)^FROM (\S+)", text_of("Dockerfile")) == [f"python:{minor}-slim"] * 2


def test_the_image_runs_as_nobody_special_and_says_how_it_is() -> None:
    stage = last_stage()
    assert re.search(r"(?m)^USER 10001:10001$", stage)
    assert stage.index("USER 10001") < stage.index("ENTRYPOINT")
    port = read_settings({"HOME": "/a"}).health
    assert f"http://{port}/healthz" in stage
    assert "HEALTHCHECK" in stage
    assert 'CMD ["run"]' in stage


def test_no_secret_gets_into_a_layer() -> None:
    dockerfile = text_of("Dockerfile")
    copied = re.findall(r"(?m)^COPY (?!--from)(.+) \S+$", dockerfile)
    named = {source for line in copied for source in line.split()}
    allowed = re.findall(r"(?m)^!(.+)$", text_of("Dockerfile.dockerignore"))
    assert named == set(allowed)
    assert "**" in text_of("Dockerfile.dockerignore").splitlines()
    assert all((ROOT / source).exists() for source in named)
    assert not re.search(r"(?i)(?:ARG|ENV)\b.*(?:BELEG_DISCORD|_KEY)", dockerfile)


def test_the_image_installs_by_hashes_and_never_the_gpu_build() -> None:
    installs = re.findall(r"/pip install ([^\n]+(?:\n +[^\n]+)*)", text_of("Dockerfile"))
    assert "--require-hashes" in installs[0]
    assert all("--no-deps" in one for one in installs)


def test_the_container_may_do_nothing_but_write_its_data() -> None:
    service = compose()["services"]["beleg"]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["user"] == "10001:10001"
    assert service["mem_limit"] == service["memswap_limit"] == "2g"
    assert service["pids_limit"] <= 512
    assert "ports" not in service
    assert all("noexec" in one and "size=" in one for one in service["tmpfs"])
    assert {volume.split(":")[1] for volume in service["volumes"]} == {"/data", "/backups"}
    assert service["environment"]["BELEG_DATA"] == "/data"


def test_the_token_comes_by_file_alone() -> None:
    service = compose()["services"]["beleg"]
    assert "BELEG_DISCORD_TOKEN" not in service["environment"]
    name = service["environment"]["BELEG_DISCORD_TOKEN_FILE"].removeprefix("/run/secrets/")
    assert service["secrets"] == [name]
    assert list(compose()["secrets"]) == [name]
    [credential] = lines("beleg.service", "LoadCredential")
    given = "\n".join(lines("beleg.service", "Environment")).split()
    assert f"BELEG_DISCORD_TOKEN_FILE=%d/{credential.partition(':')[0]}" in given
    assert not any(one.startswith("BELEG_DISCORD_TOKEN=") for one in given)


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize(
    ("directive", "value"),
    [
        ("NoNewPrivileges", "yes"),
        ("ProtectSystem", "strict"),
        ("ProtectHome", "yes"),
        ("PrivateTmp", "yes"),
        ("PrivateDevices", "yes"),
        ("DynamicUser", "yes"),
        ("CapabilityBoundingSet", ""),
        ("RestrictNamespaces", "yes"),
        ("SystemCallArchitectures", "native"),
        ("MemoryDenyWriteExecute", "yes"),
        ("LimitCORE", "0"),
        ("UMask", "0077"),
    ],
)
def test_a_service_has_no_more_rights_than_it_needs(
    service: str, directive: str, value: str
) -> None:
    assert lines(service, directive) == [value]


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_has_bounds_of_memory_and_of_system_calls(service: str) -> None:
    assert re.fullmatch(r"\d+[MG]", lines(service, "MemoryMax")[0])
    allowed, *denied = lines(service, "SystemCallFilter")
    assert allowed == "@system-service"
    assert denied
    assert denied[0].startswith("~@privileged")


def test_the_service_comes_back_but_not_with_a_wrong_token() -> None:
    assert lines("beleg.service", "Restart") == ["on-failure"]
    assert lines("beleg.service", "RestartPreventExitStatus") == ["2 4"]
    assert lines("beleg.service", "Type") == ["notify"]
    assert int(lines("beleg.service", "TimeoutStopSec")[0].removesuffix("s")) > 10


def test_backups_go_before_what_was_forgotten_has_been_kept_for_long() -> None:
    clean = lines("beleg-backup.service", "ExecStartPost")[0]
    assert "-mtime +13 -delete" in clean
    assert "-name beleg-*.tar" in clean
    assert lines("beleg-backup.service", "PrivateNetwork") == ["yes"]
    assert lines("beleg-backup.timer", "Persistent") == ["true"]


def test_both_services_are_the_same_user_with_the_same_data() -> None:
    for directive in ("User", "DynamicUser"):
        assert lines(SERVICES[0], directive) == lines(SERVICES[1], directive)
    for service in SERVICES:
        assert lines(service, "StateDirectory")[0].split()[0] == "beleg"
        assert "BELEG_DATA=%S/beleg" in "\n".join(lines(service, "Environment")).split()


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
def test_systemd_takes_the_units_and_finds_little_exposed(tmp_path: Path) -> None:
    for name in UNITS:
        # A program that is there, since the place of Beleg's own is not.
        (tmp_path / name).write_text(
            text_of(name).replace("/opt/beleg/.venv/bin/beleg", sys.executable), encoding="utf-8"
        )
    command = ["systemd-analyze", "verify", "--man=no", *map(str, tmp_path.iterdir())]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    complaints = [line for line in done.stderr.splitlines() if "beleg" in line]
    assert (done.returncode, complaints) == (0, [])
    for name in SERVICES:
        command = ["systemd-analyze", "security", "--offline=yes", str(tmp_path / name)]
        rated = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        found = re.search(r"exposure level for \S+: ([\d.]+)", rated)
        assert found
        assert float(found[1]) < 2.0, "out of 10"


HADOLINT = Path(sys.executable).parent / "hadolint"


@pytest.mark.skipif(not HADOLINT.exists(), reason="hadolint is not offered for this machine")
def test_hadolint_has_nothing_to_say() -> None:
    done = subprocess.run(
        [HADOLINT, "--no-color", DEPLOY / "Dockerfile"], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.returncode) == ("", 0)
