"""Reading a rule book again with one file edited, in milliseconds: everything else is kept as it was read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from rules_engine.dates.calendars import Calendar
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.folders import RulesFolder
from rules_engine.rulebook.leaves import Leaf, as_read, read_data
from rules_engine.rulebook.places import Entries, Faults
from rules_engine.rulebook.tree import Tree, read_tree
from rules_engine.rulebook.vocabulary import Vocabulary


class KeptBook:
    """A rule book's files as they were read, to be read again with another text of one of them.

    A book that is read again holds some issuers only, and the calendars as they were.
    """

    def __init__(
        self, folders: Collection[RulesFolder], vocabulary: Vocabulary, *, calendars: Iterable[Calendar] = ()
    ) -> None:
        self._vocabulary = vocabulary
        self._tree = read_tree(folders)
        # read now, and from here on never again
        self._tree.supplements = [replace(as_read(leaf, read_data(leaf)), path=None) for leaf in self._tree.supplements]
        self._noted = {leaf.file: (tuple(leaf.faults), tuple(leaf.warnings)) for leaf in _leaves(self._tree)}
        self.book = Book.of_tree(self._tree, vocabulary, calendars=calendars)

    @property
    def rule_files(self) -> tuple[Leaf, ...]:
        """The files that say rules: standard wording first, then each programme's editions."""
        return (*self._tree.standards, *self._tree.editions)

    @property
    def supplements(self) -> tuple[Leaf, ...]:
        """The files that give notes."""
        return tuple(self._tree.supplements)

    def with_edited(self, file: str, root: Entries, *, issuers: Collection[str]) -> Book:
        """Read the book of some issuers with one file holding something else; faults in it are gathered as ever."""
        tree = self._tree

        def again(leaves: Iterable[Leaf]) -> list[Leaf]:
            return [self._anew(leaf, file, root) for leaf in leaves if not leaf.issuer or leaf.issuer in issuers]

        sources = [each for each in tree.sources if each.leaf.issuer in issuers]
        edited = Tree(
            standards=again(tree.standards),
            calendars=[],
            editions=again(tree.editions),
            supplements=again(tree.supplements),
            sources=[replace(each, leaf=self._anew(each.leaf, file, root)) for each in sources],
            issuers=again(tree.issuers),
            words=again(tree.words),
            labels=again(tree.labels),
            programmes=[each for each in tree.programmes if each.partition("/")[0] in issuers],
            speaking=tree.speaking,
            faults=Faults(tree.faults),
            brought_faults=Faults(tree.brought_faults),
            warnings=Faults(tree.warnings),
        )
        return Book.of_tree(edited, self._vocabulary, calendars=self.book.calendars.values())

    def _anew(self, leaf: Leaf, file: str, root: Entries) -> Leaf:
        faults, warnings = self._noted[leaf.file]
        held = root if leaf.file == file else leaf.root
        return replace(leaf, root=held, faults=Faults(faults), warnings=Faults(warnings))


def _leaves(tree: Tree) -> Iterable[Leaf]:
    yield from (*tree.standards, *tree.calendars, *tree.editions, *tree.supplements)
    yield from (*tree.issuers, *tree.words, *tree.labels, *(each.leaf for each in tree.sources))
