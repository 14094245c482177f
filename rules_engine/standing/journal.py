"""Trying something out on a standing: every change notes how it is taken back."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, Self, TypeVar

from sortedcontainers import SortedList

K = TypeVar("K")
V = TypeVar("V")

IN_ORDER: type = SortedList
"""What keeps members in their natural order."""

_ABSENT: Any = object()


class Journal:
    """Notes how to take back what is changed, but only while something is being tried."""

    __slots__ = ("_steps", "_tries")

    def __init__(self) -> None:
        self._steps: list[tuple[Callable[..., Any], tuple[Any, ...]]] = []
        self._tries = 0

    @property
    def at_rest(self) -> bool:
        """Whether nothing is being tried."""
        return not self._tries

    @contextmanager
    def trying(self) -> Iterator[None]:
        """Take back, at the end, everything that is changed within; tries may stand within each other."""
        mark = len(self._steps)
        self._tries += 1
        try:
            yield
        finally:
            self._take_back_to(mark)
            self._tries -= 1

    @contextmanager
    def all_or_none(self) -> Iterator[None]:
        """Take back everything that is changed within if an exception ends it; keep it otherwise."""
        mark = len(self._steps)
        self._tries += 1
        try:
            yield
        except BaseException:
            self._take_back_to(mark)
            raise
        finally:
            self._tries -= 1
            if not self._tries:
                self._steps.clear()

    def note(self, undo: Callable[..., Any], *arguments: Any) -> None:
        """Note one step by what takes it back."""
        if self._tries:
            self._steps.append((undo, arguments))

    def mark(self) -> int:
        """Give a place to go back to within a try."""
        return len(self._steps)

    def go_back(self, mark: int) -> None:
        """Take back what was changed since a mark of the try that is going on."""
        self._take_back_to(mark)

    def _take_back_to(self, mark: int) -> None:
        while len(self._steps) > mark:
            undo, arguments = self._steps.pop()
            undo(*arguments)


class Table(dict[K, V], Generic[K, V]):
    """Values by key; changed only by `put` and `drop`, which the journal takes back."""

    __slots__ = ("_journal",)

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self._journal = journal

    def put(self, key: K, value: V) -> None:
        """Give a key its value."""
        old = self.get(key, _ABSENT)
        if old is _ABSENT:
            self._journal.note(dict.pop, self, key)
        else:
            self._journal.note(dict.__setitem__, self, key, old)
        self[key] = value

    def drop(self, key: K) -> None:
        """Forget a key, if it is there."""
        old = self.pop(key, _ABSENT)
        if old is not _ABSENT:
            self._journal.note(dict.__setitem__, self, key, old)

    def copied(self, journal: Journal) -> Self:
        """Give a table of the same values that notes its changes in another journal."""
        copy = type(self)(journal)
        for key, value in self.items():
            copied: Any = value.copied(journal) if isinstance(value, Table | Queue | OrderedSums) else value
            copy[key] = copied
        return copy


class Sums(Table[K, int]):
    """Whole cents by key; a key not there is nothing."""

    __slots__ = ()

    def of(self, key: K) -> int:
        """Give the sum under a key."""
        return self.get(key, 0)

    def add(self, key: K, cents: int) -> None:
        """Add to a sum; one that comes to nothing is forgotten."""
        total = self.get(key, 0) + cents
        if total:
            self.put(key, total)
        else:
            self.drop(key)


class Stated(Table[K, tuple[tuple[str, V], ...]], Generic[K, V]):
    """What events stated under a key: the last one stands, and one taken back gives way to the one before."""

    __slots__ = ()

    def state(self, key: K, by: str, value: V) -> None:
        """Let a value stand, stated by an event."""
        self.put(key, (*self.get(key, ()), (by, value)))

    def take_back(self, key: K, by: str) -> None:
        """Take back what an event stated."""
        left = tuple(each for each in self.get(key, ()) if each[0] != by)
        if left:
            self.put(key, left)
        else:
            self.drop(key)

    def standing(self, key: K) -> V | None:
        """Give the value that stands, or None."""
        stated = self.get(key)
        return stated[-1][1] if stated else None


class Index(Generic[K, V]):
    """Members by key, in no order that may matter."""

    __slots__ = ("_journal", "_members")

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._members: dict[K, Table[V, None]] = {}

    def of(self, key: K) -> tuple[V, ...]:
        """List the members under a key."""
        return tuple(self._members.get(key, ()))

    def count(self, key: K) -> int:
        """Count the members under a key."""
        return len(self._members.get(key, ()))

    def keys(self) -> tuple[K, ...]:
        """List the keys that have or had members."""
        return tuple(self._members)

    def copied(self, journal: Journal) -> Self:
        """Give an index of the same members that notes its changes in another journal."""
        copy = type(self)(journal)
        copy._members = {key: members.copied(journal) for key, members in self._members.items()}
        return copy

    def add(self, key: K, member: V) -> None:
        """Put a member under a key."""
        members = self._members.get(key)
        if members is None:
            members = self._members[key] = Table(self._journal)
        if member not in members:
            members.put(member, None)

    def discard(self, key: K, member: V) -> None:
        """Take a member from under a key, if it is there."""
        members = self._members.get(key)
        if members is not None:
            members.drop(member)


class Queue(Generic[V]):
    """Members in their natural order; the first is found at once, however many there are."""

    __slots__ = ("_journal", "_sorted")

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._sorted: SortedList[Any] = SortedList()

    def __len__(self) -> int:
        return len(self._sorted)

    def __iter__(self) -> Iterator[V]:
        return iter(self._sorted)

    def first_but(self, but: Callable[[V], bool]) -> V | None:
        """Give the first member that is not the one told by `but`, or None."""
        for place in range(min(2, len(self._sorted))):
            found: V = self._sorted[place]
            if not but(found):
                return found
        return None

    def last(self) -> V | None:
        """Give the last member, or None."""
        return self._sorted[-1] if self._sorted else None

    def between(self, first: tuple[Any, ...], before: tuple[Any, ...]) -> Iterator[V]:
        """Walk through the members from one on, which is included, and before another."""
        return iter(self._sorted.irange(first, before, inclusive=(True, False)))

    def copied(self, journal: Journal) -> Self:
        """Give a queue of the same members that notes its changes in another journal."""
        copy = type(self)(journal)
        copy._sorted = self._sorted.copy()
        return copy

    def add(self, member: V) -> None:
        """Put a member in its place."""
        self._sorted.add(member)
        self._journal.note(self._sorted.remove, member)

    def remove(self, member: V) -> None:
        """Take a member out; raise ValueError if it is not there."""
        self._sorted.remove(member)
        self._journal.note(self._sorted.add, member)


class OrderedSums(Generic[V]):
    """Whole cents of members in their natural order: how much stands before one is summed up by blocks of them."""

    __slots__ = ("_blocks", "_firsts", "_journal", "_totals")

    MOST = 512
    """How many members a block holds before it is divided."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._firsts: list[Any] = []
        self._blocks: list[tuple[list[Any], list[int]]] = []
        self._totals: list[int] = []

    def all(self) -> int:
        """Sum up everything."""
        return sum(self._totals)

    def before(self, member: Any) -> int:
        """Sum up what stands before a member, whether or not it is there itself."""
        block = bisect_left(self._firsts, member) - 1
        if block < 0:
            return 0
        members, cents = self._blocks[block]
        return sum(self._totals[:block]) + sum(cents[: bisect_left(members, member)])

    def copied(self, journal: Journal) -> Self:
        """Give the same sums, which note their changes in another journal."""
        copy = type(self)(journal)
        copy._firsts, copy._totals = list(self._firsts), list(self._totals)
        copy._blocks = [(list(members), list(cents)) for members, cents in self._blocks]
        return copy

    def put(self, member: V, cents: int) -> None:
        """Let a member count so much; nothing takes it out."""
        before = self._put(member, cents)
        self._journal.note(self._put, member, before)

    def _put(self, member: Any, cents: int) -> int:
        """Let a member count so much, and give what it counted before."""
        block = max(0, bisect_right(self._firsts, member) - 1)
        if not self._blocks:
            self._blocks, self._firsts, self._totals = [([], [])], [member], [0]
        members, counted = self._blocks[block]
        place = bisect_left(members, member)
        before = counted[place] if place < len(members) and members[place] == member else 0
        if before and not cents:
            del members[place], counted[place]
        elif before:
            counted[place] = cents
        elif cents:
            members.insert(place, member)
            counted.insert(place, cents)
        self._totals[block] += cents - before
        self._settle(block)
        return before

    def _settle(self, block: int) -> None:
        """Keep a block neither empty nor too long, and known by its first member."""
        members, cents = self._blocks[block]
        if not members:
            del self._blocks[block], self._firsts[block], self._totals[block]
            return
        self._firsts[block] = members[0]
        if len(members) > self.MOST:
            half = self.MOST // 2
            later = (members[half:], cents[half:])
            del members[half:], cents[half:]
            self._blocks.insert(block + 1, later)
            self._firsts.insert(block + 1, later[0][0])
            self._totals[block] = sum(cents)
            self._totals.insert(block + 1, sum(later[1]))
