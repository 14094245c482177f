"""The rule book a host answers by just now, with everything that was made ready of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from rules_engine.host.answering import Answering
from rules_engine.host.belonging import Belonging
from rules_engine.host.opening import CaseOpener
from rules_engine.host.preparing import Preparing
from rules_engine.ledger.base import Ledger
from rules_engine.matching.plans import Plan
from rules_engine.plugging import Plugins
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class InUse:
    """A rule book, the plugins and words it was read with, and what answers by it; replaced whole, never changed."""

    book: Book
    plugins: Plugins
    vocabulary: Vocabulary
    preparing: Preparing
    opener: CaseOpener
    belonging: Belonging
    answering: Answering

    @classmethod
    def of(
        cls,
        book: Book,
        plugins: Plugins,
        vocabulary: Vocabulary,
        ledger: Ledger,
        *,
        with_durable: bool,
        plans: dict[str, Plan] | None = None,
    ) -> Self:
        """Put a rule book to use on a ledger; `plans` are of rule sets made ready before, and are added to."""
        preparing = Preparing(book, plugins, vocabulary, with_durable=with_durable, plans=plans)
        opener, belonging = CaseOpener(preparing), Belonging(book, ledger)
        return cls(
            book=book,
            plugins=plugins,
            vocabulary=vocabulary,
            preparing=preparing,
            opener=opener,
            belonging=belonging,
            answering=Answering(opener, belonging),
        )

    def on(self, ledger: Ledger) -> Self:
        """Put the same rule book to use on another ledger, with all that was made ready of it."""
        belonging = Belonging(self.book, ledger)
        return replace(self, belonging=belonging, answering=Answering(self.opener, belonging))
