"""The page on writing a plugin, followed from its first command to its last: files are written, commands are run."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_docs import BLOCK, DOCS, ROOT, follows

PAGE = DOCS / "writing-a-plugin.md"
FILE = re.compile(r"# (\S+/\S+)\n")


class Reader:
    """Somebody who follows the page in an empty folder, and installs into a folder beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.site = folder / "here", folder / "site"
        self.folder.mkdir()
        self.site.mkdir()
        self.ran: list[str] = []

    def follow(self, language: str, text: str) -> None:
        """Do what a block of the page says."""
        if language == "console":
            for shown in text.split("$ ")[1:]:
                line, *expected = shown.rstrip("\n").split("\n")
                self._run(line, expected)
        elif language == "json":
            (self.folder / "events.jsonl").write_text(text)
        else:
            named = FILE.match(text)
            assert named, f"this block names no file:\n{text}"
            path = self.folder / named[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.partition("\n")[2] if language in ("python", "gherkin") else text)

    def _run(self, line: str, expected: list[str]) -> None:
        self.ran.append(line)
        program, *arguments = shlex.split(line)
        if (program, arguments[0]) == ("pip", "uninstall"):
            shutil.rmtree(self.site)
            return
        making = {"pip": self._installing, "pytest": self._testing, "rules-engine": self._answering}[program]
        command = [sys.executable, "-m", *making(arguments)]
        path = {**os.environ, "PYTHONPATH": os.pathsep.join((str(self.site), str(ROOT)))}
        done = subprocess.run(command, cwd=self.folder, env=path, capture_output=True, text=True, check=False)
        written = done.stdout.splitlines()
        assert program == "pip" or follows(expected, written), f"{line}\n{done.stdout}\n{done.stderr}"
        assert done.returncode in ((0, 1) if "verify" in arguments or "decide" in arguments else (0,)), done.stderr

    def _installing(self, arguments: list[str]) -> list[str]:
        """Install what is asked for, whose own needs are here already."""
        package = arguments[1].removesuffix("[test]")
        shutil.rmtree(self.folder / package / "build", ignore_errors=True)
        apart = ["--quiet", "--no-deps", "--no-build-isolation", "--upgrade", "--target", str(self.site)]
        return ["pip", "install", *apart, package]

    def _testing(self, arguments: list[str]) -> list[str]:
        return ["pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *arguments]

    def _answering(self, arguments: list[str]) -> list[str]:
        return ["rules_engine", *arguments]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """The reader, at the end of the page."""
    reader = Reader(tmp_path_factory.mktemp("reader"))
    for language, text in BLOCK.findall(PAGE.read_text()):
        reader.follow(language, text)
    return reader


def test_every_command_of_the_page_does_what_is_shown(reader: Reader) -> None:
    assert [line.split()[0] for line in reader.ran].count("rules-engine") == 9
    assert [line.split()[0] for line in reader.ran].count("pytest") == 2


def test_the_plugin_that_came_of_it_is_typed(reader: Reader) -> None:
    """A field of the case that does not exist is an error, and everything else is none."""
    from mypy import api

    module = reader.folder / "acme-power" / "acme_power" / "__init__.py"
    misspelt = reader.folder / "misspelt.py"
    misspelt.write_text(module.read_text().replace("case.asked.occurred_on", "case.asked.occured_on"))
    options = ["--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", str(reader.folder / "cache")]
    told, _, _ = api.run([*options, "--no-error-summary", str(module), str(misspelt)])
    (fault,) = [line for line in told.splitlines() if ": error: " in line]
    assert '"SurvivorsOptionRequested" has no attribute "occured_on"; maybe "occurred_on"' in fault
