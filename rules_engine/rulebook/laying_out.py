"""A rule file laid out the usual way, with its comments: blanks and quotes change, and nothing that it says."""

from __future__ import annotations

import io

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from rules_engine.errors import RuleBookError
from rules_engine.rulebook.nodes import MAX_BYTES, read_whole
from rules_engine.rulebook.places import Entries, Faults, Items, Node
from rules_engine.rulebook.rules import Place

_NEVER_BROKEN = MAX_BYTES
"""So wide is no line: a sentence stays in the line it was written in."""


def laid_out(text: str, file: str) -> str:
    """Lay a file's text out; raise RuleBookError, naming every fault, for one that cannot be read as a rule file.

    Two blanks for each level, a list two further in; one line break at the end, no blanks at the ends of lines. What is
    given back is read again, and says the same.
    """
    faults = Faults()
    before = read_whole(text.encode(), file, faults)
    if before is None or faults:
        raise RuleBookError(sorted(faults))
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = _NEVER_BROKEN
    yaml.indent(mapping=2, sequence=4, offset=2)
    written = io.StringIO()
    try:
        yaml.dump(yaml.load(text), written)
    except YAMLError as fault:
        faults.at(Place(file=file, line=1, column=1), "the file cannot be laid out", " ".join(str(fault).split()))
        raise RuleBookError(sorted(faults)) from fault
    result = "\n".join(line.rstrip() for line in written.getvalue().rstrip().split("\n")) + "\n"
    after = read_whole(result.encode(), file, Faults())
    if after is None or _said(after) != _said(before) or _comments(result) != _comments(text):
        hint = "nothing was written: lay it out by hand"
        faults.at(Place(file=file, line=1, column=1), "laid out, the file would not say the same", hint)
        raise RuleBookError(sorted(faults))
    return result


def _said(node: Node) -> object:
    """Give what a node says, without places."""
    if isinstance(node, Entries):
        return [(name, _said(entry.value)) for name, entry in node.entries.items()]
    return [_said(item) for item in node.items] if isinstance(node, Items) else node.text


def _comments(text: str) -> list[str]:
    """List the comments that stand on lines of their own, in order."""
    return [line.strip() for line in text.split("\n") if line.lstrip().startswith("#")]
