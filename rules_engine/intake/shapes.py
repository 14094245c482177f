"""What is wrong with an object that is no event: pydantic holds it against the shape of its class.

It finds every fault at once. No wording but our own leaves this room. Only lines of which something is wrong come here.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, PlainValidator, ValidationError, create_model
from pydantic_core import ErrorDetails, PydanticCustomError

from rules_engine.errors import FieldFault
from rules_engine.intake.faults import Faults
from rules_engine.intake.readers import CLASS_OF, AddedWords, readers_of
from rules_engine.intake.saying import printable, unknown
from rules_engine.model.events import Event

_OURS = "ours"
_NULL_REQUIRED = "must be given, and `null` gives nothing"

_LOOKING_ONLY_AT_FIELDS = ConfigDict(extra="ignore")
"""Names that are not known are found here, not by pydantic, which stops at a name it cannot write as UTF-8."""


def read_fields(
    event_class: type[Event], given: Mapping[str, Any], added: AddedWords | None, faults: Faults
) -> Mapping[str, Any]:
    """Read the fields of an event whose class is known, noting the faults of what is given and what is missing."""
    shape = _shape_of(event_class.type, added)
    fields: Mapping[str, Any] = {}
    try:
        fields = vars(shape.__pydantic_validator__.validate_python(given))
    except ValidationError as wrong:
        faults.note(wrong.errors(include_url=False, include_input=False), _fault)
    known = shape.__pydantic_fields__.keys()
    if not given.keys() <= known:
        faults.note((name for name in given if name not in known), partial(_unknown_field, known=("type", *known)))
    return fields


def _unknown_field(name: str, *, known: Sequence[str]) -> FieldFault:
    return FieldFault(field=printable(name), message=unknown("field", name, known))


def _fault(detail: ErrorDetails) -> FieldFault:
    """Put into our own words what pydantic found: a field that is missing, or what a reader said."""
    name = str(detail["loc"][0])
    said = f"`{name}` is missing" if detail["type"] == "missing" else detail["ctx"]["said"]
    return FieldFault(field=name, message=said)


@functools.cache
def _shape_of(word: str, added: AddedWords | None) -> type[BaseModel]:
    """Build, once, what an object must look like to be an event of the type a word names."""
    event_class = CLASS_OF[word]
    readers, _ = readers_of(word, added)
    shape: dict[str, Any] = {}
    # what must be given comes first, so that its fault leads
    for field in sorted(dataclasses.fields(event_class), key=lambda field: field.default is not dataclasses.MISSING):
        required = field.default is dataclasses.MISSING
        read = readers[field.name]
        annotation = Annotated[Any, PlainValidator(_told_by_field(read, required=required, usual=field.default))]
        shape[field.name] = (annotation, ... if required else field.default)
    return create_model(event_class.__name__, __config__=_LOOKING_ONLY_AT_FIELDS, **shape)


def _told_by_field(read: Callable[[Any], Any], *, required: bool, usual: Any) -> Callable[[Any], Any]:
    """Hand what a reader says to pydantic, which adds the field; null is how many programs leave a field out."""

    def reading(value: Any) -> Any:
        if value is None:
            if not required:
                return usual
            raise PydanticCustomError(_OURS, "{said}", {"said": _NULL_REQUIRED})
        try:
            return read(value)
        except ValueError as fault:
            raise PydanticCustomError(_OURS, "{said}", {"said": str(fault)}) from fault

    return reading
