"""A YAML file is text at places, and nothing in it can surprise the reader."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rules_engine.rulebook.nodes import MAX_BYTES, read_nodes
from rules_engine.rulebook.places import Entries, Faults, Items, Node, Text
from rules_engine.rulebook.rules import Place


def _read(data: bytes) -> tuple[Entries | None, list[str]]:
    faults = Faults()
    return read_nodes(data, "file.yaml", faults), [str(fault) for fault in faults]


def _text(node: Node) -> str:
    assert isinstance(node, Text)
    return node.text


def test_every_scalar_stays_text() -> None:
    written = ["no", "012", "1e3", "2016-12-01", "~", "0x1F", "1_000", "true", ".5", "02006DLF6"]
    root, faults = _read(b"values:\n" + "".join(f"  - {each}\n" for each in written).encode())
    assert faults == []
    assert root is not None
    values = root.entries["values"].value
    assert isinstance(values, Items)
    assert [_text(item) for item in values.items] == written


def test_text_over_several_lines_is_one_line() -> None:
    root, _ = _read(b"because: >-\n  held\n  too   briefly\ncite: para.\n  2\n")
    assert root is not None
    assert [_text(entry.value) for entry in root.entries.values()] == ["held too briefly", "para. 2"]


def test_places_count_from_one() -> None:
    root, _ = _read(b"\n# a comment\nterms:\n  period: 6 months\n")
    assert root is not None
    terms = root.entries["terms"].value
    assert isinstance(terms, Entries)
    assert terms.entries["period"].key.place == Place(file="file.yaml", line=4, column=3)
    assert terms.entries["period"].value.place == Place(file="file.yaml", line=4, column=11)


def test_a_file_of_a_mebibyte_is_read_and_one_byte_more_is_not() -> None:
    line = b"# " + b"x" * 60 + b"\n"
    comments = line * ((MAX_BYTES - 10) // len(line))
    rest = b"a: b" + b"\n" * (MAX_BYTES - len(comments) - 4)
    assert _read(comments + rest)[1] == []
    assert _read(comments + rest + b"\n") == (
        None,
        ["file.yaml:1:1: the file is larger than 1,048,576 bytes\n    help: split it"],
    )


def test_a_line_of_a_thousand_characters_is_read() -> None:
    assert _read(b"a: " + b"x" * 997 + b"\n")[1] == []


def test_eight_levels_are_read() -> None:
    assert _read(b"a: [[[[[[[1]]]]]]]\n")[1] == []


def test_more_values_than_any_book_holds_are_refused() -> None:
    root, faults = _read(b"a:\n" + b"- b\n" * 20_000)
    assert root is None
    assert faults == ["file.yaml:19999:3: the file holds more than 20,000 values\n    help: split it"]


def test_bytes_that_are_not_utf_8_are_named_where_they_stand() -> None:
    assert _read("a: b\nsource: Soci\u00e9t\u00e9\n".encode("latin-1")) == (
        None,
        ["file.yaml:2:13: the file is not UTF-8 text\n    help: save it as UTF-8"],
    )


def test_a_byte_order_mark_is_no_part_of_the_first_key() -> None:
    root, faults = _read(b"\xef\xbb\xbfrule set: x\n")
    assert (faults, root is not None and list(root.entries)) == ([], ["rule set"])


def test_a_hidden_character_is_found_behind_an_escape_too() -> None:
    _, faults = _read(b'a: "pay\\u202Eee"\n')
    assert faults == ["file.yaml:1:4: a character that does not print\n    help: delete it"]


@given(st.one_of(st.binary(), st.text(alphabet="ab:-?[]{}&*!|>'\"%#,\n <~").map(str.encode)))
def test_whatever_the_bytes_there_are_nodes_or_there_are_faults(data: bytes) -> None:
    root, faults = _read(data)
    assert root is not None or faults
