"""`rules-engine plugins new`, and `plugins check` on what it writes and on what is installed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rules_engine.hookspecs import NAMES_CONTRACT
from rules_engine.model.cusips import is_valid_cusip

from .running import ROOT, run, run_apart

PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps"]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new issuer's package, as it is written."""
    folder = tmp_path_factory.mktemp("new") / "tin-can"
    name = "Tin, Can & Sons' Company (No.1)"
    result = run("plugins", "new", "tin-can", "--name", name, "--prospectus", "2012-02-29", "--to", folder)
    assert result.exit_code == 0
    assert {Path(line) for line in result.stdout.splitlines()} == {path for path in folder.rglob("*") if path.is_file()}
    return folder


@pytest.fixture(scope="module")
def site(written: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder it is installed into."""
    folder = str(tmp_path_factory.mktemp("site"))
    subprocess.run([*PIP, "--no-build-isolation", "--target", folder, written], check=True)
    return folder


def test_it_keeps_every_promise_at_once(site: str) -> None:
    done = run_apart("plugins", "check", "--json", path=site)
    (told,) = json.loads(done.stdout)
    assert done.returncode == 0
    assert (told["name"], told["version"]) == ("tin-can", "0.1.0")
    assert len(told["promises"]) > 10
    assert [each for each in told["promises"] if not each["kept"]] == []


def test_its_scenarios_pass_at_once(site: str, written: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    environment = {**os.environ, "PYTHONPATH": site}
    done = subprocess.run(command, cwd=written, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "2 passed" in done.stdout


def test_no_figure_stands_in_it_that_nobody_has_read(written: Path) -> None:
    (paper,) = (written / "tin_can" / "rules").rglob("*.yaml")
    assert paper.parent.name == "2012-02-29"
    lines = [line for line in paper.read_text().splitlines() if not line.startswith("#")]
    assert [line.partition(":")[0] for line in lines] == [
        "prospectus",
        "status",
        "source",
        "notes issued from",
        "based on",
    ]
    assert "status: draft" in lines


def test_every_name_of_the_template_is_filled_in(written: Path) -> None:
    for path in written.rglob("*"):
        assert "@" not in str(path.relative_to(written))
        if path.is_file():
            text = path.read_text().replace("@pytest.fixture", "").replace("@hookimpl", "")
            assert "@" not in text, path
    lines = (written / "tests/imagined/imagined.yaml").read_text().splitlines()
    (cusip,) = [line.split()[-1] for line in lines if "cusip" in line]
    assert is_valid_cusip(cusip)
    assert f"{NAMES_CONTRACT} = 1" in (written / "tin_can" / "__init__.py").read_text()


def test_it_is_laid_out_as_this_repository_is(written: Path) -> None:
    config = ["--config", str(ROOT / "pyproject.toml")]
    for check in (["check"], ["format", "--check"]):
        done = subprocess.run(
            ["ruff", *check, *config, written], capture_output=True, text=True, check=False, env=with_tools()
        )
        assert done.returncode == 0, done.stdout


def with_tools() -> dict[str, str]:
    return {**os.environ, "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))}


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("Tin Can",), "`Tin Can` cannot be an issuer's code"),
        (("../tin",), "`../tin` cannot be an issuer's code"),
        (("3m",), "`3m` cannot be an issuer's code"),
        (("standard",), "`standard` cannot be an issuer's code"),
        (("tin", "--name", 'Tin "Can"'), "the issuer's name must be one line"),
        (("tin", "--name", "Tin\nCan"), "the issuer's name must be one line"),
        (("tin", "--name", "Tin: Can"), "the issuer's name must be one line"),
        (("tin", "--name", "Tin #1"), "the issuer's name must be one line"),
    ],
)
def test_what_cannot_be_named_so_is_refused(options: tuple[str, ...], told: str, tmp_path: Path) -> None:
    result = run("plugins", "new", *options, "--to", tmp_path / "new")
    assert result.exit_code == 2
    assert told in result.stderr
    assert not (tmp_path / "new").exists()


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    result = run("plugins", "new", "tin-can", "--to", tmp_path)
    assert result.exit_code == 2
    assert "is there already and is not an empty folder" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_the_plugins_that_ship_keep_every_promise_that_concerns_them() -> None:
    result = run("plugins", "check", "ally", "cit")
    assert result.exit_code == 0
    assert "not kept" not in result.stdout
    assert result.stdout.count("kept: it is loaded") == 2


def test_a_promise_that_is_not_kept_is_told_and_ends_with_1(tmp_path: Path) -> None:
    (tmp_path / "tin.py").write_text("print('here I am')\n")
    about = tmp_path / "tin-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: tin\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[rules_engine]\ntin = tin\n")
    done = run_apart("plugins", "check", path=str(tmp_path))
    assert done.returncode == 1
    for line in (
        "  not kept: it does nothing but declare while it is loaded: it wrote to standard output, which is for results",
        "  not kept: it names the hook contract it is written for: it does not say for which hook contract",
        "  not kept: its distribution asks for the host, and has a version: its distribution does not ask for",
    ):
        assert line in done.stdout


def test_a_plugin_that_is_not_there_is_named_with_the_one_meant() -> None:
    result = run("plugins", "check", "alli")
    assert result.exit_code == 2
    assert "no plugin is named `alli`: did you mean `ally`?" in result.stderr
    assert "no plugin is installed but those that ship" in run("plugins", "check").stderr
