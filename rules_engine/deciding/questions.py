"""Questions for a person, in words."""

from __future__ import annotations

from rules_engine.model.codes import Code
from rules_engine.model.decisions import Question


def question_aloud(question: Question) -> str:
    """Say what a person has to decide, with the values that disagree."""
    values = question.values
    if question.code is Code.TOLD_OTHERWISE and len(values) == 2:
        return (
            f"`{question.field}` was reported as {values[0]} and then as {values[1]}; "
            "a person has to say which is right."
        )
    if question.code is Code.CHANGES_THE_ANSWER and len(values) == 2:
        return f"By what came now the answer would be {values[1]}, not {values[0]}; a person has to decide."
    if question.code is Code.RULE_REFERS:
        observed = f" (`{question.field}`: {' and '.join(values)})" if question.field else ""
        return f"Rule `{question.rule}` asks for a person's decision{observed}."
    about = f" about `{question.field}`" if question.field else ""
    said = f": {' or '.join(values)}" if values else ""
    return f"A person has to decide {question.code.words}{about}{said}."
