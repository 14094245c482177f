"""The words an event's fields may be, each as it is spelled on the wire."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Literal, NewType, get_args

AddedWord = NewType("AddedWord", str)
"""A word that an issuer adds to a list, in the words file beside its rules."""

Trigger = Literal["death", "adjudicated incompetent", "guardianship pending", "hardship"]
Acquired = Literal["primary market", "secondary market"]
Registration = Literal[
    "sole owner",
    "joint tenants",
    "tenants by the entirety",
    "tenants in common",
    "community property",
    "custodian",
    "trust",
    "nominee",
    "transfer on death",
    "life tenant",
    "individual retirement account",
]
HeldIn = Literal["deceased account", "estate account", "transferred"]
Representative = Literal[
    "executor",
    "administrator",
    "surviving joint owner",
    "trustee",
    "custodian",
    "small estate affiant",
    "beneficiary",
    "guardian",
    "attorney in fact",
    "none",
]
Document = Literal[
    "death certificate",
    "letters of authority",
    "repayment request",
    "signature guarantee",
    "proof of ownership",
    "trust agreement",
    "proof of custodianship",
    "nominee certificate",
    "small estate affidavit",
    "order of adjudication",
    "tax waiver",
    "affidavit of domicile",
    "beneficiary designation",
    "primary market confirmation",
]
Notified = Literal["holders", "trustee"]
Basis = Literal["issuer's choice", "regulatory event", "tax event"]


LISTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "trigger": get_args(Trigger),
        "acquired": get_args(Acquired),
        "registration": get_args(Registration),
        "held_in": get_args(HeldIn),
        "representative": get_args(Representative),
        "documents": get_args(Document),
    }
)
"""The lists that an issuer may add words to, by the event's field; no code tells one of their words from another."""


class PersonsAnswer(StrEnum):
    """What a person answers to the questions of a request."""

    GO_ON = "go on"
    REJECT = "reject"


class PaymentKind(StrEnum):
    """What falls due: interest, principal at maturity, a redemption by the issuer, a survivor's repayment."""

    INTEREST = "interest"
    MATURITY = "maturity"
    REDEMPTION = "redemption"
    REPAYMENT = "repayment"
