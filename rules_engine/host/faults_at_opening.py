"""What is not as it should be when a rule book is put to use, told to the log."""

from __future__ import annotations

import logging

from rules_engine.plugging import Plugins
from rules_engine.rulebook.books import Book

_LOG = logging.getLogger("rules_engine.host")


def warn_of(book: Book, plugins: Plugins) -> None:
    """Warn of each plugin that cannot be used and of each fault of a rule file: the cases they concern are referred."""
    for status in plugins.statuses:
        if status.cause:
            _LOG.warning(
                "plugin `%s` cannot be used, and its issuers' cases are referred: %s", status.name, status.cause
            )
    for problem in book.problems:
        _LOG.warning("%s:%d:%d: %s", problem.file, problem.line, problem.column, problem.message)
    for warning in book.warnings:
        _LOG.info("%s:%d:%d: %s", warning.file, warning.line, warning.column, warning.message)
