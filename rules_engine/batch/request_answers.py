"""Survivor's option requests of a whole book: who is accepted, for how much, and why not, in the order of receipt.

Three steps. What each request comes to by its rules is found in columns, in any order. What yearly limits leave of it
is folded in the order of receipt, programme by programme. What is repaid when is worked out in columns again. A request
that others touch on (the same account, the same owner's principal in a note, papers for one registration, an id used
twice, anything the ledger knows already) is answered line by line in its place in that order.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from rules_engine.batch import columns
from rules_engine.batch.answers import (
    HOW,
    PAID,
    SAID,
    Paying,
    Words,
    beside,
    fault_of,
    how_arrays,
    paid_arrays,
    row_of,
    said_arrays,
    with_lines,
)
from rules_engine.batch.arithmetic import portions
from rules_engine.batch.carried import LINE_BY_LINE, WAYS
from rules_engine.batch.conditions import MATCHED, NO, UNDETERMINED, FactColumn, States, patterns, states_of
from rules_engine.batch.days import Days, Mask, Whole, day_of, number_of, used, year_of
from rules_engine.batch.deciding import LEFT, Pattern, pattern_of
from rules_engine.batch.hashes import Hashes, among
from rules_engine.batch.limits import AskedNow, CapFound, Fold, Shared, share_out, shared_signs
from rules_engine.batch.options import UNCARRIED, Option, Options
from rules_engine.batch.programmes import Programme
from rules_engine.batch.repayments import Repaid, Repayments
from rules_engine.batch.request_facts import WORKED_OUT, Group, has_position
from rules_engine.batch.requests import WORDS, Requests
from rules_engine.batch.shelf import Shelf
from rules_engine.batch.touching import KnownToLedger, keys_of
from rules_engine.batch.trial import LineByLine
from rules_engine.deciding.schedule import WHOEVER_GETS_THE_PRINCIPAL
from rules_engine.errors import EventError
from rules_engine.host import Host
from rules_engine.model.events import SurvivorsOptionRequested
from rules_engine.model.limits import Covers
from rules_engine.model.values import Kind, Missing
from rules_engine.rulebook.vocabulary import Rest
from rules_engine.standing.deciding_again import rate_missing

AMOUNTS = dict.fromkeys(("requested", "accepted", "carried_over", "pended", "not_accepted"), columns.MONEY)
ANSWER = {"row": pa.int64(), "part": columns.COUNT} | AMOUNTS | SAID | PAID | HOW

REFUSED, ACCEPTED, DIVIDED = range(3)
"""What becomes of a request by its rules: nothing of it is accepted, all of it, or what caps leave."""


@dataclass(slots=True)
class _Found:
    """What the steps find of each row of a chunk."""

    pattern: Whole
    note: Whole
    counts_from: Days
    year: Whole
    said: Whole
    shared: Whole
    paying: Paying
    part: Whole
    of: Whole
    price_part: Whole
    price_of: Whole
    static: dict[str, Whole]

    @classmethod
    def of_nothing(cls, count: int) -> _Found:
        return cls(
            pattern=np.full(count, -1, dtype="int64"),
            note=np.full(count, -1, dtype="int64"),
            counts_from=np.zeros(count, dtype="int64"),
            year=np.zeros(count, dtype="int64"),
            said=np.full(count, -1, dtype="int64"),
            shared=np.zeros((3, count), dtype="int64"),
            paying=Paying.of_nothing(count),
            part=np.zeros(count, dtype="int64"),
            of=np.ones(count, dtype="int64"),
            price_part=np.zeros(count, dtype="int64"),
            price_of=np.ones(count, dtype="int64"),
            static={},
        )


class Eligibility:
    """Answers requests in the order of receipt, as a host would that recorded each; records nothing.

    `touched` are the keys that more than one of all the requests has, `covers` the scopes of limits that notes have in
    rows of their own. Requests have to be given in the order of
    receipt, in as many chunks as one likes.
    """

    def __init__(self, host: Host, touched: Hashes, covers: frozenset[Covers] = frozenset()) -> None:
        self._line = LineByLine(host)
        self._shelf = Shelf(host)
        self._options = Options(self._line)
        self._repayments = Repayments(self._line, self._shelf)
        self._known = KnownToLedger(host)
        self._touched = touched
        self._covers = covers
        self._numbers = np.zeros(0, dtype="int64")
        self._programmes: dict[str, Programme] = {}
        self._patterns: list[Pattern] = []
        self._pattern_of: dict[tuple[Any, ...], int] = {}
        self._words = Words()
        self._told: dict[tuple[Any, ...], int] = {}
        self._rate_words: Words = Words()

    def of(self, batch: pa.RecordBatch, rows: Whole) -> list[pa.RecordBatch]:
        """Answer a chunk of requests: each in its row, and then those to requests that some made decided again.

        `rows` are the numbers that the answers know their requests by.
        """
        requests = Requests.read(batch, self._line.vocabulary.added)
        found, alone = self._prepared(requests)
        by_line = self._folded(requests, found, alone)
        return self._laid_out(requests, found, alone, by_line, rows)

    # By rules, in columns

    def _prepared(self, requests: Requests) -> tuple[_Found, Mask]:
        """Find what each request comes to by its rules; tells too which are answered in columns."""
        rows, count = requests.rows, requests.rows.count
        found = _Found.of_nothing(count)
        by_cusip = np.append(self._shelf.numbers(requests.cusip.words), -1)
        new = self._shelf.notes[len(self._numbers) :]
        self._numbers = np.append(self._numbers, self._options.numbers(new))
        found.note = by_cusip[requests.cusip.numbers]
        alone = requests.carried & (found.note >= 0)
        option = np.where(alone, self._numbers[found.note] if len(self._numbers) else UNCARRIED, UNCARRIED)
        alone &= option != UNCARRIED
        programmes = list(dict.fromkeys(note.programme for note in self._shelf.notes))
        by_note = np.array([programmes.index(note.programme) for note in self._shelf.notes] + [-1], dtype="int64")
        for key in keys_of(rows.batch, self._sharing(programmes)[by_note[found.note]]):
            alone &= ~among(key, self._touched)
        alone &= ~self._known.among(rows.batch)
        for number in used(option[alone]) if alone.any() else ():
            some = np.flatnonzero(alone & (option == number))
            alone[some] = self._by_rules(requests, found, self._options.options[number], some)
        return found, alone

    def _sharing(self, programmes: list[str]) -> Mask:
        """Tell which programmes have rules that count papers once for a registration; a last one has none."""
        return np.array([self._programme(each).shares_papers for each in programmes] + [False], dtype="bool")

    def _programme(self, code: str) -> Programme:
        if code not in self._programmes:
            self._programmes[code] = Programme.of(self._line, code, self._covers)
        return self._programmes[code]

    def _by_rules(self, requests: Requests, found: _Found, option: Option, places: Whole) -> Mask:
        """Match the rules of requests under one option; tells which of them columns could answer."""
        programme = self._programme(option.programme)
        fits = _own_words(requests, places, programme.own_words)
        note = found.note[places]
        shelf = self._shelf.columns
        received = requests.received_on[places]
        counts_from = np.maximum(received, programme.first_open)
        repaid = self._repayments.of(note, counts_from, option.terms)
        fits &= repaid.carried & ~programme.is_special(self._shelf.notes, note)
        year = year_of(counts_from)
        group = Group(
            requests=requests,
            places=places,
            terms=option.terms,
            note=note,
            counts_from=counts_from,
            due_on=repaid.due_on,
            carries_option=np.array([each.survivors_option for each in self._shelf.notes], dtype="bool")[note],
            issued_on=shelf.issued_on[note],
            accrues_from=shelf.accrues_from[note],
            maturity=shelf.maturity[note],
            is_accelerated=programme.accelerated(self._shelf.notes)[note],
            redeemed_on=programme.redeemed(self._shelf.notes)[note],
            by_case=lambda name: self._by_case(option, name, note, year),
        )
        facts = {name: WORKED_OUT[name](group) if name in WORKED_OUT else group.by_case(name) for name in option.facts}
        states = states_of(option.plan.compared, facts, len(places))
        rate_missing = self._rates_missing(repaid)
        position = group.field(requests.position)
        principal = requests.principal[places]
        keyed = has_position(group)
        bound = np.where(
            ~keyed,
            1,
            np.where(
                ~position.known, 2, np.where(position.values == 0, 3, np.where(position.values < principal, 4, 0))
            ),
        )
        also = [
            np.where((states[list(option.yearly)] != NO).any(axis=0), year, 0),
            (received < programme.latest).astype("int64"),
            bound,
            (requests.owner.numbers[places] >= 0).astype("int64"),
            rate_missing + 1,
            *_missing_where_it_counts(option, facts, states),
        ]
        numbers, examples = patterns(states, also)
        by_number = np.array(
            [
                self._pattern(option, requests, places, states, also, int(example), int(rate_missing[example]))
                for example in examples
            ],
            dtype="int64",
        )
        found.pattern[places] = by_number[numbers]
        fits &= found.pattern[places] >= 0
        found.counts_from[places], found.year[places] = counts_from, year
        paying = found.paying
        paying.due_on[places], paying.pay_on[places], paying.price[places] = repaid.due_on, repaid.pay_on, repaid.price
        found.part[places], found.of[places] = repaid.part, repaid.of
        found.price_part[places], found.price_of[places] = repaid.price_part, repaid.price_of
        for name in {source.column for source in self._sources(by_number)} - {""}:
            column = found.static.setdefault(name, np.zeros(len(found.pattern), dtype="int64"))
            column[places] = position.values if name == LEFT else facts[name].values
        return fits

    def _sources(self, patterns_used: Whole) -> list[Any]:
        return [source for number in patterns_used if number >= 0 for source in self._patterns[number].sources]

    def _rates_missing(self, repaid: Repaid) -> Whole:
        """Number what is missing of each request whose rate of interest is not set yet; below nothing none."""
        missing = np.full(len(repaid.rate_known), -1, dtype="int64")
        if not repaid.rate_known.all():
            for place in np.flatnonzero(repaid.carried & ~repaid.rate_known):
                start = day_of(self._shelf.periods.start[repaid.period[place]])
                missing[place] = self._rate_words.number(Missing((rate_missing(start),)))
        return missing

    def _by_case(self, option: Option, name: str, note: Whole, year: Whole) -> FactColumn:
        """Work a fact out that only the note and the year tell, once for each of them."""
        programme, fact = self._programme(option.programme), option.plan.words.facts[name]
        _, first, places = np.unique(note * 4096 + year, return_index=True, return_inverse=True)
        values = [programme.told(option, fact, self._shelf.notes[note[each]], int(year[each])) for each in first]
        if fact.kind is Kind.DATE:
            return FactColumn(kind=fact.kind, values=np.array([number_of(each) for each in values])[places])
        return FactColumn(kind=fact.kind, values=np.array(values, dtype="bool")[places])

    def _pattern(
        self,
        option: Option,
        requests: Requests,
        places: Whole,
        states: Any,
        also: list[Whole],
        example: int,
        missing: int,
    ) -> int:
        """Give the number of what requests come to that are like one of them; below nothing where it cannot be told."""
        key = (option.number, states[:, example].tobytes(), *(int(each[example]) for each in also))
        if key not in self._pattern_of:
            event = self._event(requests, int(places[example]))
            standing = self._programme(option.programme).fold.standing
            lacking = self._rate_words.said[missing] if missing >= 0 else None
            pattern = (
                None if event is None else pattern_of(self._line, standing, option, event, states[:, example], lacking)
            )
            self._pattern_of[key] = -1 if pattern is None else len(self._patterns)
            if pattern is not None:
                self._patterns.append(pattern)
        return self._pattern_of[key]

    def _event(self, requests: Requests, place: int) -> SurvivorsOptionRequested | None:
        try:
            return self._read(requests, place)
        except EventError:
            return None

    def _read(self, requests: Requests, place: int) -> SurvivorsOptionRequested:
        rows = requests.rows
        also = {"type": SurvivorsOptionRequested.type}
        request_id = rows.batch.column("request_id")[place].as_py()
        if request_id is not None:
            also["event_id"] = request_id
        event = self._line.read_event(rows.line(place, also))
        assert isinstance(event, SurvivorsOptionRequested)
        return event

    # In the order of receipt

    def _folded(self, requests: Requests, found: _Found, alone: Mask) -> _ByLine:
        """Fold the limits, request after request, and answer line by line what columns do not carry."""
        by_line = _ByLine()
        codes = [note.programme for note in self._shelf.notes]
        numbered = {code: number for number, code in enumerate(dict.fromkeys(codes))}
        of_programme = np.array([numbered[code] for code in codes] + [-1], dtype="int64")[found.note]
        runs = [_Run(self._programme(code).fold, requests, of_programme == number) for code, number in numbered.items()]
        kind = self._kinds(found, alone)
        whole = kind == ACCEPTED
        found.shared[:, whole] = requests.principal[whole]
        active = np.flatnonzero(~alone | (kind == DIVIDED) | self._counted(found, kind, of_programme, runs))
        ordinals = _ordinals(of_programme).tolist()
        owners, owner = requests.owner.words, requests.owner.numbers.tolist()
        principal, pattern, years = requests.principal.tolist(), found.pattern.tolist(), found.year.tolist()
        note_of, in_columns, numbers = found.note.tolist(), alone.tolist(), of_programme.tolist()
        amounts = {name: values.tolist() for name, values in found.static.items()}
        is_divided, days, notes = (kind == DIVIDED).tolist(), requests.received_on.tolist(), self._shelf.notes
        for place in active.tolist():
            run = runs[numbers[place]] if numbers[place] >= 0 else None
            if run is not None and in_columns[place]:
                who = owners[owner[place]] if owner[place] >= 0 else ""
                asked = AskedNow(notes[note_of[place]], who, years[place], days[place], run.place(ordinals[place]))
                if not is_divided[place]:
                    whole = principal[place]
                    run.fold.take(asked, Shared(whole, whole, whole), ())
                    continue
                own = {name: each[place] for name, each in amounts.items()}
                said = self._divided(
                    run.fold, self._patterns[pattern[place]], asked, principal[place], own, pattern[place]
                )
                if said is not None:
                    found.said[place], found.shared[:, place] = said
                    continue
                alone[place] = False
            if run is not None:
                run.catch_up(ordinals[place])
            self._one(requests, place, by_line)
            if run is not None:
                run.done = ordinals[place] + 1
                run.fold.take_up()
        for run in runs:
            run.catch_up(len(run.places))
        return by_line

    def _kinds(self, found: _Found, alone: Mask) -> Whole:
        """Tell which requests are accepted whole, which not at all, and which caps divide; note what is said."""
        kinds = [DIVIDED if each.said is None else ACCEPTED if each.accepts else REFUSED for each in self._patterns]
        said = [-1 if each.said is None else self._words.number(each.said) for each in self._patterns]
        kind = np.array([*kinds, REFUSED], dtype="int64")[np.where(alone, found.pattern, -1)]
        found.said[:] = np.array([*said, -1], dtype="int64")[np.where(alone, found.pattern, -1)]
        return kind

    def _counted(self, found: _Found, kind: Whole, of_programme: Whole, runs: list[_Run]) -> Mask:
        """Tell which requests are accepted whole in a year in which a limit of their programme may bind."""
        counted = kind == ACCEPTED
        some = np.flatnonzero(counted)
        keys, places = np.unique(of_programme[some] * 4096 + found.year[some], return_inverse=True)
        binds = np.array([bool(runs[key // 4096].fold.binding(int(key % 4096))) for key in keys], dtype="bool")
        counted[some] = binds[places]
        return counted

    def _divided(
        self, fold: Fold, pattern: Pattern, asked: AskedNow, requested: int, own: dict[str, int], number: int
    ) -> tuple[int, Shared] | None:
        """Divide a principal by its caps; None where the definition does so otherwise."""
        option = pattern.option
        caps = [
            CapFound(
                fold.remaining(option, asked, source.limit)
                if source.limit
                else own[source.column]
                if source.column
                else source.cents,
                cap.rest,
                source.limit,
            )
            for source, cap in zip(pattern.sources, pattern.found.caps, strict=True)
        ]
        terms = option.terms
        multiple = terms.multiple.cents
        shared = share_out(requested, caps, multiple, terms.partial_fit)
        kept_out_by = [cap.limit for cap in caps if cap.limit and cap.at_most < shared.eligible]
        key = (
            number,
            *shared_signs(shared),
            *(
                (
                    cap.at_most >= (requested if cap.rest is Rest.NOT_ACCEPTED else shared.eligible),
                    cap.at_most >= multiple,
                )
                for cap in caps
            ),
        )
        if key not in self._told:
            told = pattern.told(requested, caps, shared)
            self._told[key] = -1 if told is None else self._words.number(told)
        if self._told[key] < 0:
            return None
        if shared.accepted and pattern.missing_rate is not None:
            return self._told[key], Shared(0, 0, 0)
        fold.take(asked, shared, kept_out_by)
        return self._told[key], shared

    def _one(self, requests: Requests, place: int, by_line: _ByLine) -> None:
        """Answer one request by itself, in its place."""
        try:
            answered = self._line.answer(self._read(requests, place))
        except EventError as fault:
            by_line.errors[place] = fault_of(fault)
            return
        by_line.rows[place], *more = map(row_of, answered)
        for part, (row, decision) in enumerate(zip(more, answered[1:], strict=True), start=1):
            by_line.more.append((place, part, {**row, "request_id": decision.request_id, "cusip": decision.cusip}))

    # Laid out

    def _laid_out(
        self, requests: Requests, found: _Found, alone: Mask, by_line: _ByLine, rows: Whole
    ) -> list[pa.RecordBatch]:
        """Put answers into columns, beside those of the requests."""
        batch, paying = requests.rows.batch, found.paying
        principal = requests.principal
        eligible, kept_in, accepted = found.shared
        paid = alone & (accepted > 0)
        paying.is_paid[:] = paid
        some = slice(None) if paid.all() else np.flatnonzero(paid)
        paying.principal[some] = accepted[some]
        paying.interest[some] = portions(accepted[some], found.part[some], found.of[some])
        price_part, price_of = found.price_part[some], 100 * found.price_of[some]
        is_par = price_part == price_of
        repaid = accepted[some] if is_par.all() else portions(accepted[some], price_part, price_of)
        paying.total[some] = repaid + paying.interest[some]
        no_interest = self._shelf.columns.no_interest[found.note[some]] if len(self._shelf.notes) else paid[some]
        paying.interest_to[some] = np.where(no_interest, -1, 0)
        arrays = [
            pa.array(rows),
            columns.counts(np.zeros(len(alone), dtype="int64")),
            *(
                columns.money(cents, alone)
                for cents in (principal, accepted, eligible - kept_in, kept_in - accepted, principal - eligible)
            ),
            *said_arrays(found.said, self._words),
            *paid_arrays(paying, self._shelf.kept.rates.texts, [WHOEVER_GETS_THE_PRINCIPAL]),
            *how_arrays(~alone, by_line.errors),
        ]
        answers = with_lines(arrays, ANSWER, by_line.rows, but=("row", "part"))
        laid_out = [beside(batch, answers, ANSWER)]
        if by_line.more:
            laid_out.append(_more(laid_out[0].schema, by_line.more, rows))
        return laid_out


def _more(schema: pa.Schema, more: list[tuple[int, int, dict[str, Any]]], rows: Whole) -> pa.RecordBatch:
    """Lay out the answers to requests that some row made decided again."""
    plain = pa.schema(
        [
            pa.field(each.name, each.type.value_type if pa.types.is_dictionary(each.type) else each.type)
            for each in schema
        ]
    )
    laid = [{"carried": WAYS[LINE_BY_LINE], **row, "row": int(rows[place]), "part": part} for place, part, row in more]
    return pa.Table.from_pylist(laid, schema=plain).cast(schema).combine_chunks().to_batches()[0]


@dataclass(slots=True)
class _ByLine:
    """What was answered line by line: by row, the faults of those that are no requests, and answers to others."""

    rows: dict[int, dict[str, Any]] = field(default_factory=dict)
    errors: dict[int, str] = field(default_factory=dict)
    more: list[tuple[int, int, dict[str, Any]]] = field(default_factory=list)


class _Run:
    """The requests of one programme in a chunk, in order; `done` counts those its standing has passed."""

    def __init__(self, fold: Fold, requests: Requests, own: Mask) -> None:
        self.fold = fold
        self.places = np.flatnonzero(own)
        self._received = requests.received_on
        self.done = 0

    def place(self, ordinal: int) -> int:
        """Give the position that the next request's answer would have on the ledger."""
        return self.fold.standing.at + ordinal - self.done + 1

    def catch_up(self, ordinal: int) -> None:
        """Let the standing pass those answered in columns up to one, and have their sums."""
        self.fold.put_down()
        passed = self.places[self.done : ordinal]
        if len(passed):
            first, last = self._received[passed[0]], self._received[passed[-1]]
            self.fold.standing.pass_over(len(passed), day_of(first), day_of(last))
            self.done = ordinal


def _ordinals(of_programme: Whole) -> Whole:
    """Count each row among those of its programme."""
    order = np.argsort(of_programme, kind="stable")
    ordered = of_programme[order]
    begins = np.searchsorted(ordered, ordered)
    ordinals = np.empty(len(order), dtype="int64")
    ordinals[order] = np.arange(len(order)) - begins
    return ordinals


def _missing_where_it_counts(option: Option, facts: dict[str, FactColumn], states: States) -> list[Whole]:
    """Say which fields are missing, wherever an answer names them."""
    wanting = (states == UNDETERMINED).any(axis=0)
    lacking = [
        np.where(wanting, missing, 0) for name in sorted(option.facts) if (missing := facts[name].missing) is not None
    ]
    for place, rule in enumerate(option.plan.rule_set.rules):
        column = facts.get(rule.at_most) if rule in option.caps else None
        if column is not None and column.missing is not None:
            lacking.append(np.where(states[place] == MATCHED, column.missing, 0))
    return lacking


def _own_words(requests: Requests, places: Whole, own: dict[str, frozenset[str]]) -> Mask:
    """Tell which requests use no word that only other issuers have."""
    fits = np.ones(len(places), dtype="bool")
    for name in WORDS:
        given, among_words = requests.words[name], requests.among[name]
        is_own = np.array([word in own[name] for word in among_words], dtype="bool")
        fits &= ~given.known[places] | is_own[given.values[places]]
    bits = sum(1 << place for place, word in enumerate(requests.documents_known) if word not in own["documents"])
    fits &= requests.documents.values[places] & bits == 0
    return fits
