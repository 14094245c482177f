"""Two rule sets matched by a function written by hand: the names of the rules that match, and of those not known yet.

That is what a matcher gives: which rules match, and which cannot be told, for want of which fields. Written by somebody
who knows which facts are always there. A test holds both functions against the plain matcher on every case.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from benchmarks.by_hand import FOR_ANOTHER, HELD_TOGETHER, OF_THE_ESTATE, TO_A_BENEFICIARY
from rules_engine.model.values import Missing

Matched = tuple[tuple[str, ...], dict[str, tuple[str, ...]]]
"""The names of the rules that match, and for each that cannot be told the fields that are missing."""

LATEST = date(2017, 1, 15)
LEAST = 1_000_00


def twenty_four(facts: Mapping[str, Any]) -> Matched:
    """Match the rules of `twenty-four-rules.yaml`."""
    found: list[str] = []
    unknown: dict[str, tuple[str, ...]] = {}
    option, trigger = facts["survivor's option on the note"], facts["trigger"]
    registration, representative = facts["registration"], facts["representative"]
    position, documents = facts["position"], facts["documents"]
    if not option:
        found.append("no option")
    elif trigger == "death":
        found.append("repay at par")
    if trigger != "death":
        found.append("not a death")
    if type(representative) is Missing:
        unknown["nobody with authority"] = representative.fields
        if type(registration) is Missing:
            unknown["custodian of other notes"] = registration.fields + representative.fields
        elif registration != "custodian":
            unknown["custodian of other notes"] = representative.fields
    elif representative == "custodian":
        if type(registration) is Missing:
            unknown["custodian of other notes"] = registration.fields
        elif registration != "custodian":
            found.append("custodian of other notes")
    elif representative in ("guardian", "none", "attorney in fact"):
        found.append("nobody with authority")
    if type(registration) is Missing:
        spouse, interest = facts["co-owner is the spouse"], facts["substantially all of the beneficial interest"]
        if type(spouse) is Missing:
            unknown["tenant in common who was not the spouse"] = spouse.fields + registration.fields
        elif not spouse:
            unknown["tenant in common who was not the spouse"] = registration.fields
        if type(interest) is Missing:
            unknown["not substantially all of the interest"] = registration.fields + interest.fields
        elif not interest:
            unknown["not substantially all of the interest"] = registration.fields
    elif registration == "tenants in common":
        spouse = facts["co-owner is the spouse"]
        if type(spouse) is Missing:
            unknown["tenant in common who was not the spouse"] = spouse.fields
        elif not spouse:
            found.append("tenant in common who was not the spouse")
    elif registration in FOR_ANOTHER:
        interest = facts["substantially all of the beneficial interest"]
        if type(interest) is Missing:
            unknown["not substantially all of the interest"] = interest.fields
        elif not interest:
            found.append("not substantially all of the interest")
    owned = facts["beneficial owner at death"]
    if type(owned) is Missing:
        unknown["not beneficial owner"] = unknown["ownership in doubt"] = owned.fields
    elif owned == "no":
        found.append("not beneficial owner")
    elif owned == "in doubt":
        found.append("ownership in doubt")
    where = facts["held in"]
    if type(where) is Missing:
        unknown["transferred away"] = where.fields
    elif where == "transferred":
        found.append("transferred away")
    acquired, held = facts["acquired"], facts["months held"]
    if type(held) is Missing:
        if type(acquired) is Missing:
            unknown["held too briefly"] = acquired.fields + held.fields
        elif acquired == "primary market":
            unknown["held too briefly"] = held.fields
    elif held.completed < 6:
        if type(acquired) is Missing:
            unknown["held too briefly"] = acquired.fields
        elif acquired == "primary market":
            found.append("held too briefly")
    days, at_death = facts["days since death"], facts["months held at death"]
    if type(at_death) is Missing:
        if type(days) is Missing:
            unknown["bought shortly before the death"] = tuple(dict.fromkeys(days.fields + at_death.fields))
        elif days >= 0:
            unknown["bought shortly before the death"] = at_death.fields
    elif at_death.completed < 1 and days >= 0:
        found.append("bought shortly before the death")
    since = facts["months since death"]
    if type(since) is Missing:
        unknown["asked too late"] = since.fields
    elif since.begun > 12:
        found.append("asked too late")
    if facts["months from issue to request"].completed < 2:
        found.append("issued too recently")
    if facts["note has matured"]:
        found.append("matured")
    if facts["notes were declared due"]:
        found.append("declared due")
    if facts["note is redeemed before the repayment"] and facts["repayment due date"] > LATEST:
        found.append("called before a late repayment")
    if facts["principal asked for"].cents < LEAST:
        entire = facts["entire position asked for"]
        if type(entire) is Missing:
            unknown["too little asked for"] = entire.fields
        elif not entire:
            found.append("too little asked for")
    if not facts["asked for in whole multiples"]:
        found.append("not in whole multiples")
    if type(position) is Missing:
        unknown["leaves too little"] = position.fields
    elif position.cents > 0 and facts["leaves too little"]:
        found.append("leaves too little")
    repaid, tendered = facts["position was repaid before"], facts["principal tendered in other requests"]
    if type(repaid) is Missing:
        unknown["repaid or tendered before"] = repaid.fields
    elif repaid and tendered.cents > 0:
        found.append("repaid or tendered before")
    if type(documents) is Missing:
        unknown["proof of death"] = documents.fields
    elif "death certificate" not in documents:
        found.append("proof of death")
    if facts["issuer applies the individual limit"]:
        found.append("individual limit")
    if facts["issuer applies the annual limit"] and facts["outstanding principal is reported"]:
        found.append("annual limit")
    return tuple(found), unknown


def ally(facts: Mapping[str, Any]) -> Matched:
    """Match the rules of Ally's survivor's option."""
    found: list[str] = []
    unknown: dict[str, tuple[str, ...]] = {}
    option, trigger = facts["survivor's option on the note"], facts["trigger"]
    if not option:
        found.append("no survivor's option on the note")
    elif trigger == "death":
        found.append("repay at par")
    if trigger != "death":
        found.append("not a death")
    _days(facts, found, unknown)
    representative, registration, documents = facts["representative"], facts["registration"], facts["documents"]
    spouse = facts["co-owner is the spouse"]
    if type(representative) is Missing or type(registration) is Missing:
        _titles_not_known(facts, found, unknown)
    else:
        if representative in ("guardian", "none"):
            found.append("nobody with authority")
        elif representative == "attorney in fact":
            found.append("power of attorney ended at death")
        elif representative == "surviving joint owner":
            if registration not in HELD_TOGETHER:
                found.append("survivor of a note not held together")
            elif registration == "tenants in common":
                if type(spouse) is Missing:
                    unknown["survivor of a tenancy in common who was not the spouse"] = spouse.fields
                elif not spouse:
                    found.append("survivor of a tenancy in common who was not the spouse")
        elif representative == "trustee":
            if registration != "trust":
                found.append("trustee of notes not registered to a trust")
        elif representative == "custodian":
            if registration != "custodian":
                found.append("custodian of notes not registered to one")
        elif representative == "beneficiary":
            if registration not in TO_A_BENEFICIARY:
                found.append("beneficiary of notes registered without one")
        elif registration in TO_A_BENEFICIARY and representative in OF_THE_ESTATE:
            if type(documents) is Missing:
                unknown["estate of an owner who named a beneficiary"] = documents.fields
            elif "beneficiary designation" in documents:
                found.append("estate of an owner who named a beneficiary")
        if registration == "tenants in common":
            if type(spouse) is Missing:
                unknown["share of a tenant in common"] = spouse.fields
            elif not spouse:
                found.append("share of a tenant in common")
        elif registration in FOR_ANOTHER:
            interest = facts["substantially all of the beneficial interest"]
            if type(interest) is Missing:
                unknown["not substantially all of the interest"] = interest.fields
            elif not interest:
                found.append("not substantially all of the interest")
        if type(documents) is Missing:
            _papers_not_known(documents.fields, representative, registration, unknown)
        else:
            _papers(documents, representative, registration, found)
    owned, where = facts["beneficial owner at death"], facts["held in"]
    if type(owned) is Missing:
        unknown["not beneficial owner at death"] = unknown["ownership in doubt"] = owned.fields
    elif owned == "no":
        found.append("not beneficial owner at death")
    elif owned == "in doubt":
        found.append("ownership in doubt")
    if type(where) is Missing:
        unknown["position transferred away"] = where.fields
    elif where == "transferred":
        found.append("position transferred away")
    if facts["note has matured"]:
        found.append("note has matured")
    if facts["note is redeemed before the repayment"]:
        found.append("note is called")
    if not facts["asked for in whole multiples"]:
        found.append("not in whole multiples")
    position = facts["position"]
    if type(position) is Missing:
        unknown["more than the position"] = unknown["leaves too little"] = position.fields
    else:
        if facts["principal asked for"].cents > position.cents:
            found.append("more than the position")
        if facts["leaves too little"]:
            found.append("leaves too little")
    tendered, left = facts["principal tendered in other requests"], facts["principal not yet tendered"]
    if type(tendered) is Missing:
        fields = left.fields if type(left) is Missing else ()
        unknown["position already tendered"] = tuple(dict.fromkeys(fields + tendered.fields))
    elif tendered.cents > 0:
        if type(left) is Missing:
            unknown["position already tendered"] = left.fields
        elif facts["principal still asked for"].cents > left.cents:
            found.append("position already tendered")
    repaid = facts["position was repaid before"]
    if type(repaid) is Missing:
        unknown["position already repaid"] = repaid.fields
    elif repaid:
        found.append("position already repaid")
    if facts["issuer applies the individual limit"]:
        found.append("individual limit")
    if facts["issuer applies the annual limit"]:
        if facts["outstanding principal is reported"]:
            found.append("annual limit")
        else:
            found.append("annual limit while the outstanding principal is not reported")
    return tuple(found), unknown


def _days(facts: Mapping[str, Any], found: list[str], unknown: dict[str, tuple[str, ...]]) -> None:
    """Match the rules on days and periods."""
    died_on, acquired_on = facts["day of death"], facts["day acquired"]
    if type(died_on) is Missing:
        unknown["request before the death"] = unknown["asked too late"] = died_on.fields
    else:
        if facts["day of receipt"] < died_on:
            found.append("request before the death")
        if facts["months since death"].begun > 12:
            found.append("asked too late")
    if type(acquired_on) is Missing:
        unknown["bought before the note was issued"] = unknown["held too briefly"] = acquired_on.fields
        more = died_on.fields if type(died_on) is Missing else ()
        unknown["bought after the death"] = acquired_on.fields + more
        return
    if type(died_on) is Missing:
        unknown["bought after the death"] = died_on.fields
    elif acquired_on > died_on:
        found.append("bought after the death")
    if acquired_on < facts["day of issue"]:
        found.append("bought before the note was issued")
    if facts["months held"].completed < 6:
        found.append("held too briefly")


def _titles_not_known(facts: Mapping[str, Any], found: list[str], unknown: dict[str, tuple[str, ...]]) -> None:
    """Match the rules on who asks and how title was registered, where one of the two is missing."""
    representative, registration, documents = facts["representative"], facts["registration"], facts["documents"]
    spouse, interest = facts["co-owner is the spouse"], facts["substantially all of the beneficial interest"]
    asks = representative.fields if type(representative) is Missing else ()
    title = registration.fields if type(registration) is Missing else ()
    papers = documents.fields if type(documents) is Missing else ()
    if asks:
        unknown["nobody with authority"] = unknown["power of attorney ended at death"] = asks
    elif representative in ("guardian", "none"):
        found.append("nobody with authority")
    elif representative == "attorney in fact":
        found.append("power of attorney ended at death")
    for name, who, titles in (
        ("survivor of a note not held together", "surviving joint owner", HELD_TOGETHER),
        ("trustee of notes not registered to a trust", "trustee", {"trust"}),
        ("custodian of notes not registered to one", "custodian", {"custodian"}),
        ("beneficiary of notes registered without one", "beneficiary", TO_A_BENEFICIARY),
    ):
        if (asks or representative == who) and (title or registration not in titles):
            unknown[name] = title + asks
    together = bool(title) or registration == "tenants in common"
    fields = spouse.fields if type(spouse) is Missing else ()
    if together and (fields or not spouse):
        if asks or representative == "surviving joint owner":
            unknown["survivor of a tenancy in common who was not the spouse"] = fields + title + asks
        if fields or title:
            unknown["share of a tenant in common"] = fields + title
        else:
            found.append("share of a tenant in common")
    if (title or registration in TO_A_BENEFICIARY) and (asks or representative in OF_THE_ESTATE):
        if papers or "beneficiary designation" in documents:
            unknown["estate of an owner who named a beneficiary"] = papers + title + asks
    fields = interest.fields if type(interest) is Missing else ()
    if (title or registration in FOR_ANOTHER) and (fields or not interest):
        if title or fields:
            unknown["not substantially all of the interest"] = title + fields
        else:
            found.append("not substantially all of the interest")
    _papers_where_titles_are_not_known(documents, representative, registration, found, unknown)


ALWAYS_ASKED = {
    "proof of death": "death certificate",
    "request for repayment": "repayment request",
    "guarantee of the signature": "signature guarantee",
    "proof of ownership": "proof of ownership",
}
OF_WHO_ASKS = {
    "letters of authority": ("letters of authority", ("executor", "administrator")),
    "affidavit of a small estate": ("small estate affidavit", ("small estate affiant",)),
    "proof of custodianship": ("proof of custodianship", ("custodian",)),
}
OF_THE_TITLE = {
    "trust agreement": ("trust agreement", ("trust",)),
    "nominee's certificate": ("nominee certificate", ("nominee",)),
    "beneficiary designation": ("beneficiary designation", ("transfer on death", "individual retirement account")),
}


def _papers(papers: frozenset[str], representative: str, registration: str, found: list[str]) -> None:
    if "death certificate" not in papers:
        found.append("proof of death")
    if "repayment request" not in papers:
        found.append("request for repayment")
    if "signature guarantee" not in papers:
        found.append("guarantee of the signature")
    if "proof of ownership" not in papers:
        found.append("proof of ownership")
    if representative in ("executor", "administrator"):
        if "letters of authority" not in papers:
            found.append("letters of authority")
    elif representative == "small estate affiant":
        if "small estate affidavit" not in papers:
            found.append("affidavit of a small estate")
    elif representative == "custodian" and "proof of custodianship" not in papers:
        found.append("proof of custodianship")
    if registration == "trust":
        if "trust agreement" not in papers:
            found.append("trust agreement")
    elif registration == "nominee":
        if "nominee certificate" not in papers:
            found.append("nominee's certificate")
    elif registration in TO_A_BENEFICIARY and "beneficiary designation" not in papers:
        found.append("beneficiary designation")


def _papers_not_known(
    fields: tuple[str, ...], representative: str, registration: str, unknown: dict[str, tuple[str, ...]]
) -> None:
    for name in ALWAYS_ASKED:
        unknown[name] = fields
    for name, (_, asks) in OF_WHO_ASKS.items():
        if representative in asks:
            unknown[name] = fields
    for name, (_, titles) in OF_THE_TITLE.items():
        if registration in titles:
            unknown[name] = fields


def _papers_where_titles_are_not_known(
    documents: Any, representative: Any, registration: Any, found: list[str], unknown: dict[str, tuple[str, ...]]
) -> None:
    papers = documents.fields if type(documents) is Missing else ()
    for name, paper in ALWAYS_ASKED.items():
        if papers:
            unknown[name] = papers
        elif paper not in documents:
            found.append(name)
    for who, asked in ((representative, OF_WHO_ASKS), (registration, OF_THE_TITLE)):
        fields = papers + (who.fields if type(who) is Missing else ())
        for name, (paper, wanted) in asked.items():
            if (type(who) is Missing or who in wanted) and (papers or paper not in documents):
                if fields:
                    unknown[name] = fields
                else:
                    found.append(name)
