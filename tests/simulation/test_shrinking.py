"""A history that fails is made as small as it can be, and fails the same way then."""

from __future__ import annotations

from collections.abc import Sequence

from .shrinking import Event, shrink, way


def test_ways_of_failing_are_the_same_whatever_they_name() -> None:
    one = "request R1: 250000.00 is accepted net, not 0.00, due on 2017-09-15"
    other = "request R22: 1000.00 is accepted net, not 99000.00, due on 2018-10-15"
    assert way(one) == way(other)
    assert way(one) != way("request R1 is not answered again")


def test_only_what_is_needed_is_left() -> None:
    history: list[Event] = [{"number": number} for number in range(40)]

    def check(events: Sequence[Event]) -> list[str]:
        numbers = {event["number"] for event in events}
        return [f"request R{len(numbers)} is lost"] if {7, 23} <= numbers else ["something else"]

    assert shrink(history, check, "request R40 is lost") == [{"number": 7}, {"number": 23}]
