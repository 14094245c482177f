"""The words an event's fields may be, each as it is spelled on the wire."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

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
