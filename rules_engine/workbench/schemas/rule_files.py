"""The schema of rule sets, prospectuses and standard bundles: one for all files of an edition, clause by clause."""

from __future__ import annotations

from collections.abc import Mapping

from rules_engine.model.values import Kind
from rules_engine.rulebook.figures import MARKS, SIGNED, TERMS
from rules_engine.rulebook.headings import FROM, STATUSES, UNTIL
from rules_engine.rulebook.headings import KEYS as PROSPECTUS_KEYS
from rules_engine.rulebook.reading import BASED, BODY, HEADING, REWORDS
from rules_engine.rulebook.rule_lines import MAY_BE_WAIVED, PARAGRAPH, RESTS, RULE, RULES
from rules_engine.rulebook.standards import BUNDLE_KEYS
from rules_engine.rulebook.vocabulary import ClauseWords, Comparison, Fact, Ruling, TermWord, Vocabulary
from rules_engine.workbench.schemas.shapes import (
    DRAFT,
    SCALAR,
    TEXTS,
    YES_NO,
    Schema,
    document,
    keys,
    mapping,
    value_of,
    words_of,
)

_WHERE: Mapping[str, Schema] = {
    "cite": {**SCALAR, "description": "The document and the paragraph, so that somebody else finds it."},
    "mark": words_of(MARKS),
    "quote": TEXTS,
    SIGNED: SCALAR,
}
_DATE = value_of(Kind.DATE)


def rule_set_schema(vocabulary: Vocabulary) -> Schema:
    """Make the schema of the files of an edition and of the standard wording."""
    clauses = {**vocabulary.clauses}
    for own in vocabulary.of_issuers.values():
        for name, words in own.items():
            clauses[name] = _joined(clauses[name], words)
    all_terms = {name: word for words in clauses.values() for name, word in words.terms.items()}
    prospectus = document(
        "Prospectus",
        mapping(
            {
                **keys(PROSPECTUS_KEYS, status=words_of(STATUSES)),
                FROM: _DATE,
                UNTIL: _DATE,
                TERMS: _terms(all_terms),
            },
            required=("prospectus", "source", "status", FROM),
        ),
    )
    bundle = document(
        "Standard bundle", mapping({**keys(BUNDLE_KEYS), TERMS: _terms(all_terms)}, required=("standard",))
    )
    return {
        "$schema": DRAFT,
        "title": "Rule set, prospectus or bundle of standard sets",
        "if": {"required": ["prospectus"]},
        "then": _inner(prospectus),
        "else": {
            "if": {"required": ["standard"]},
            "then": _inner(bundle),
            "else": {
                "required": ["clause"],
                "properties": {"clause": {"enum": sorted(clauses)}},
                "allOf": [
                    {
                        "if": {"required": ["clause"], "properties": {"clause": {"const": name}}},
                        "then": _inner(document(f"Rules on {name}", _rule_set(words))),
                    }
                    for name, words in clauses.items()
                ],
            },
        },
    }


def _inner(schema: Schema) -> Schema:
    return {key: value for key, value in schema.items() if key != "$schema"}


def _joined(one: ClauseWords, other: ClauseWords) -> ClauseWords:
    return ClauseWords(
        clause=one.clause,
        facts={**one.facts, **other.facts},
        terms={**one.terms, **other.terms},
        payment={**one.payment, **other.payment},
    )


def _rule_set(words: ClauseWords) -> Schema:
    said: dict[str, Schema] = {
        **keys(RULE, mark=words_of(MARKS), quote=TEXTS, rest=words_of(RESTS)),
        "when": {"anyOf": [mapping({name: _test(fact) for name, fact in words.facts.items()}), {"type": "null"}]},
        "then": _then(words),
        MAY_BE_WAIVED: YES_NO,
        "because": {**SCALAR, "description": "The reason, as the answer says it; facts and terms stand in braces."},
    }
    rule = mapping(said, required=("rule", "then", "because", "cite"))
    within = {"type": "array", "items": mapping(said, required=("rule", "because"))}
    paragraph = mapping({**{key: said[key] for key in PARAGRAPH}, RULES: within}, required=("cite", RULES))
    rules = {"type": "array", "items": {"if": {"required": [RULES]}, "then": paragraph, "else": rule}}
    payment = {name: _described(word) for name, word in words.payment.items()}
    properties = {
        **keys((*HEADING, *BASED, FROM, UNTIL, *BODY), status=words_of(STATUSES)),
        FROM: _DATE,
        UNTIL: _DATE,
        TERMS: _terms(words.terms),
        REWORDS: {"type": "object", "additionalProperties": SCALAR},
        RULES: rules,
        "payment": mapping({**payment, **_WHERE}),
    }
    return mapping(properties)


def _terms(terms: Mapping[str, TermWord]) -> Schema:
    """Take terms by their names, or in paragraphs with all that each of them gives."""
    named = {name: _described(word) for name, word in terms.items()}
    by_name = mapping(
        {
            name: mapping({"value": schema, **_WHERE}, required=("value",)) | {"description": schema["description"]}
            for name, schema in named.items()
        }
    )
    by_paragraph = {"type": "array", "items": mapping({**named, **_WHERE}, required=("cite",))}
    return {"if": {"type": "array"}, "then": by_paragraph, "else": by_name}


def _described(word: TermWord) -> Schema:
    return {**value_of(word.kind, word.words), "description": word.meaning}


def _test(fact: Fact) -> Schema:
    """Describe what may stand after a fact; what it is compared with is for `check` to read."""
    said = fact.meaning
    if fact.words:
        said = f"{said}\n\nOne of: {', '.join(map(str, fact.words))}."
    schema: Schema = {**SCALAR, "description": said}
    if fact.kind is Kind.YES_NO:
        return {**YES_NO, "description": said}
    if fact.kind is Kind.WORD:
        first = "|".join(map(_escaped, [*fact.words, *(each.value for each in Comparison), "the "]))
        schema["pattern"] = f"^({first})"
        schema["examples"] = list(map(str, fact.words))
    if fact.kind is Kind.WORDS:
        schema["pattern"] = "^(with|without) "
        schema["examples"] = [f"without {word}" for word in fact.words]
    return schema


def _escaped(text: str) -> str:
    return "".join(f"\\{sign}" if sign in r"\.^$|?*+()[]{}" else sign for sign in str(text))


def _then(words: ClauseWords) -> Schema:
    plain = [ruling.value for ruling in Ruling if ruling is not Ruling.ACCEPT_AT_MOST]
    kinds = {name: word.kind for named in (words.facts, words.terms) for name, word in named.items()}
    money = [name for name, kind in kinds.items() if kind is Kind.MONEY]
    caps = [f"{Ruling.ACCEPT_AT_MOST.value} the {name}" for name in money]
    return {"enum": [*plain, *caps], "description": "What follows when all lines of `when` hold."}
