"""A property that is worked out when it is first asked for, and kept with its object."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

T = TypeVar("T")


class kept(Generic[T]):  # noqa: N801  # used as a decorator, as `property` is
    """Works a property out once; without a lock, which a fork could leave held for ever.

    Two threads that ask first may both work it out, to the same. `functools.cached_property` has such a lock before
    Python 3.12, one for all objects of a class.
    """

    def __init__(self, work_out: Callable[[Any], T]) -> None:
        self._work_out = work_out
        self._name = work_out.__name__
        self.__doc__ = work_out.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> Self: ...
    @overload
    def __get__(self, owner: object, kind: type) -> T: ...
    def __get__(self, owner: object | None, kind: type) -> T | Self:
        """Give the property's value; it stands in its object's dictionary from now on, where Python looks first."""
        if owner is None:
            return self
        value: T = owner.__dict__.setdefault(self._name, self._work_out(owner))
        return value
