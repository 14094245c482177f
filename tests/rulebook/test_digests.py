"""A rule set and a note are digested as they are written: how the engine holds their words does not show.

`every_word` is a book that never changes. It uses every frequency, call style, call day, amount, way to choose a part,
way to count notice and term on payment days that there was when its digests were taken.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from rules_engine.rulebook.books import Book
from rules_engine.rulebook.note_rows import read_note
from rules_engine.rulebook.resolving import read_resolved
from rules_engine.rulebook.vocabulary import Vocabulary

EVERY_WORD = Path(__file__).parent / "every_word"

# A change of these means that nothing recorded before names its rules and notes any more.
RULE_SETS = {
    "2012-03-01/payment days": "sha256:de7dfca077cbfb9ea4fbc5f10a78ca84c9f7853a9f899febacfe93a02b1ea889",
    "2012-03-01/redemption": "sha256:db66febc1db2f40714f416e1be1d58011cfd6658e22f44b2310015123c0828be",
    "2015-08-10/payment days": "sha256:0bcf2d15de025ecbc0372f6eeb2149650d149eea71aebb50dc21284328cabf9d",
    "2015-08-10/redemption": "sha256:0737cb2af45512c2774b4b940e0df0f7f4991badc9071fde0f08120ef1af9b69",
}
NOTES = {
    "00499AAA3": "sha256:6bd16712bd44e6551ce218d5b956c362976c08aa681d3823b46f3a385decd086",
    "00499AAB1": "sha256:cf26e7d7a7f435bf902a5b03ebcfc44fee4a5c72991247b95382de2522abca21",
    "00499AAC9": "sha256:9c0df5306083aab9e2177dd17c8daa6ce6e06dc942209842db814c64c54c3200",
    "00499AAD7": "sha256:325f64e8b94e0105c54c475db236a0bfbcf1aab06117b7e715e5851639b129e2",
    "00499AAE5": "sha256:66714a602c28fd91c8413b9cb738c75dc3b80f072b57cbf56119ce0c17674aa1",
    "00499AAF2": "sha256:06737baa281ecbe91e9fedcf3bda3d2b806710cb11c4fa28f6e0b999af07f708",
    "00499AAJ4": "sha256:e835418cef0b023445b9fe3399774377636d3a753207594f3301292bd288dc0b",
    "00499AAK1": "sha256:881749a60c9477da225d371feafda7d367d0ec69aa054a6b08248004d07ed31c",
}


@pytest.fixture(scope="module")
def book(vocabulary: Vocabulary) -> Book:
    return Book.open(EVERY_WORD, vocabulary)


def test_every_rule_set_has_the_digest_it_always_had(book: Book) -> None:
    assert [str(problem) for problem in book.problems] == []
    digests = {f"{each.edition.removeprefix('acme/notes-a/')}/{each.clause}": each.digest for each in book.rule_sets}
    assert digests == RULE_SETS


def test_every_note_has_the_digest_it_always_had(book: Book) -> None:
    assert {note.cusip: note.digest for note in book.notes.values()} == NOTES


def test_what_is_read_back_from_a_kept_text_has_the_digest_it_was_kept_under(
    book: Book, vocabulary: Vocabulary
) -> None:
    for note in book.notes.values():
        assert read_note(note.text) == note
        assert read_note(note.text).digest == note.digest
    for rule_set in book.rule_sets:
        assert read_resolved(rule_set.text, vocabulary).digest == rule_set.digest
