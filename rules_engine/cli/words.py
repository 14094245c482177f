"""`rules-engine words`: the vocabulary that rules are written in."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from rules_engine.acceptance.sentences import CHAPTERS, sentences
from rules_engine.cli.options import AsJson, Rules
from rules_engine.cli.page import Column, Page
from rules_engine.host import Host
from rules_engine.workbench.glossary import glossary

OfFeatures = Annotated[
    bool, typer.Option("--sentences", help="Print the sentences that features are written in, instead of the words.")
]


def words(rules: Rules = None, of_features: OfFeatures = False, as_json: AsJson = False) -> None:
    """Print every word a rule may use, and what it means; or every sentence of a feature."""
    if of_features:
        _print_sentences(as_json=as_json)
        return
    found = glossary(Host.open(rules, with_durable=False).vocabulary)
    if as_json:
        print(json.dumps(found))
        return
    page = Page()
    for clause in found["clauses"]:
        page.heading(f"CLAUSE {clause['clause']}")
        _print_words(page, clause, clause["clause"])
    for added in found["of_issuers"]:
        page.heading(f"CLAUSE {added['clause']}, FOR THE RULES OF {added['issuer']} ALONE")
        _print_words(page, added, f"{added['clause']} of {added['issuer']}")
    if found["listed"]:
        page.heading("WORDS THAT ISSUERS ADD TO LISTS")
        page.table(
            [Column("issuer"), Column("list"), Column("word"), Column("meaning")],
            [(each["issuer"], each["list"], each["word"], each["meaning"]) for each in found["listed"]],
        )
    page.heading("COMPARISONS")
    page.table(
        [Column("comparison"), Column("for"), Column("meaning")],
        [(each["comparison"], ", ".join(each["types"]), each["meaning"]) for each in found["comparisons"]],
    )
    page.heading("OUTCOMES")
    page.table(
        [Column("outcome"), Column("written after `then:`"), Column("meaning")],
        [(each["outcome"], ", ".join(each["then"]), each["meaning"]) for each in found["outcomes"]],
    )


def _print_sentences(*, as_json: bool) -> None:
    listed = sentences()
    if as_json:
        print(json.dumps([dataclasses.asdict(sentence) for sentence in listed]))
        return
    page = Page()
    for chapter, title in CHAPTERS.items():
        page.heading(title)
        for sentence in listed:
            if sentence.chapter == chapter:
                page.say(f"{' or '.join(sentence.keywords)}  {sentence.text}")
                page.say(sentence.meaning, indent=4)


def _print_words(page: Page, clause: Mapping[str, Any], title: str) -> None:
    for group in ("facts", "terms", "payment"):
        if clause[group]:
            page.heading(f"{title}: {group}")
        for word in clause[group]:
            page.say(f"{word['name']}  ({_type(word)})")
            page.say(word["meaning"], indent=4)
            for line in _details(word):
                page.say(line, indent=4)


def _type(word: Mapping[str, Any]) -> str:
    unit = word["unit"] if word["unit"] and word["unit"] != word["type"] else ""
    return f"{word['type']} in {unit}" if unit else str(word["type"])


def _details(word: Mapping[str, Any]) -> list[str]:
    details = []
    if word["words"]:
        details.append(f"one of: {', '.join(word['words'])}")
    elif word["example"] and word["type"] != "yes or no":
        details.append(f"written like: {word['example']}")
    if word.get("terms"):
        details.append(f"needs the terms: {', '.join(word['terms'])}")
    if word.get("required"):
        details.append("every rule set gives it")
    return details
