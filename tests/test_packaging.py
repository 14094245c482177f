"""What is in the wheel, and that everything it needs is pinned."""

from __future__ import annotations

import configparser
import email.message
import email.parser
import importlib.resources
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
INSTALLED_AS = {"rules_engine": "rules_engine", "plugins": "rules_engine_plugins", "rules": "rules_engine_rules"}
PINNED = re.compile(r"""(?P<name>[A-Za-z0-9._-]+)==[0-9][0-9.post]*( ; python_full_version < '3\.13')?""")
DIGEST = re.compile(r"--hash=sha256:[0-9a-f]{64}")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """Build the wheel from a copy, so that nothing is left behind here and tests may run side by side."""
    source, built = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("built")
    for folder in INSTALLED_AS:
        shutil.copytree(ROOT / folder, source / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / file, source)
    command = ["-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir"]
    done = subprocess.run([sys.executable, *command, built, source], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (path,) = built.glob("*.whl")
    return zipfile.ZipFile(path)


@pytest.fixture(scope="module")
def metadata(wheel: zipfile.ZipFile) -> email.message.Message:
    (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    return email.parser.Parser().parsestr(wheel.read(name).decode())


@pytest.mark.parametrize("folder", INSTALLED_AS)
def test_the_wheel_holds_every_module_and_every_rule_file(wheel: zipfile.ZipFile, folder: str) -> None:
    here = {
        f"{INSTALLED_AS[folder]}/{path.relative_to(ROOT / folder).as_posix()}"
        for pattern in ("*.py", "*.yaml", "*.txt", "*.html", "*.json", "*.jsonl", "py.typed")
        for path in (ROOT / folder).rglob(pattern)
    }
    inside = {name for name in wheel.namelist() if name.startswith(f"{INSTALLED_AS[folder]}/")}
    assert inside == here


def test_the_wheel_brings_the_calendars() -> None:
    here = importlib.resources.files("rules_engine_rules")
    assert (here / "calendars" / "usny.yaml").is_file()


def test_the_wheel_installs_the_command_and_names_its_plugin(wheel: zipfile.ZipFile) -> None:
    (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/entry_points.txt"))
    entry_points = configparser.ConfigParser()
    entry_points.read_string(wheel.read(name).decode())
    assert entry_points["console_scripts"]["rules-engine"] == "rules_engine.cli:main"
    assert entry_points["rules_engine"]["ally"] == "rules_engine_plugins.ally"


def test_the_wheel_asks_for_durable_rules_only_where_it_was_published_for(metadata: email.message.Message) -> None:
    asked = metadata.get_all("Requires-Dist", [])
    assert [line for line in asked if line.startswith("durable_rules")] == [
        'durable_rules==2.0.28; python_version < "3.13"'
    ]
    assert metadata["Requires-Python"] == ">=3.11"


def test_the_wheel_says_under_which_licence_it_may_be_used(
    wheel: zipfile.ZipFile, metadata: email.message.Message
) -> None:
    (name,) = (name for name in wheel.namelist() if name.endswith("/LICENSE"))
    assert wheel.read(name) == (ROOT / "LICENSE").read_bytes()
    assert "Apache License\n                           Version 2.0, January 2004" in wheel.read(name).decode()
    assert metadata["License-Expression"] == "Apache-2.0"
    assert metadata["Author"] == "the retail-note-rules developers"


@pytest.mark.parametrize("name", ["build", "run", "test", "spark", "durable_rules"])
def test_a_lock_file_pins_versions_by_the_digest_of_each_build_and_names_no_index(name: str) -> None:
    for line in locked_lines(name):
        pinned, *digests = re.split(r" (?=--)", line)
        assert PINNED.fullmatch(pinned), line
        assert digests
        assert [digest for digest in digests if not DIGEST.fullmatch(digest)] == [], line


@pytest.mark.parametrize("name", ["build", "run", "test", "spark", "durable_rules"])
def test_a_lock_file_is_that_of_the_versions_listed_beside_it(name: str) -> None:
    listed = (ROOT / "requirements" / f"{name}.in").read_text().splitlines()
    asked = {versions(line) for line in listed if not line.startswith("#")}
    assert {versions(line) for line in locked_lines(name)} == asked


def test_everything_that_is_asked_for_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = [asked for extra in project["optional-dependencies"].values() for asked in extra]
    assert names(project["dependencies"]) <= names(locked_lines("run"))
    assert names(extras) <= names([*locked_lines("test"), *locked_lines("build"), *locked_lines("spark")])


def locked_lines(name: str) -> list[str]:
    """Give the lines of a lock file that are no comments, each with the digests that go on below it."""
    lines = (ROOT / "requirements" / f"{name}.txt").read_text().replace(" \\\n    ", " ").splitlines()
    return [line for line in lines if not line.startswith("#")]


def versions(line: str) -> tuple[str, str]:
    """Give the package and the version that a line asks for."""
    (name,) = names([line])
    return name, re.split(r"==|[ ;]", line)[1]


def names(requirements: list[str]) -> set[str]:
    """Give the packages' names as package indexes compare them, without extras and versions."""
    written = (re.split(r"[\[=<>; ]", requirement)[0] for requirement in requirements)
    return {re.sub(r"[-_.]+", "-", name).lower() for name in written}
