"""One function for each rule set, generated from its typed conditions, and held to the plain matcher that defines it.

`docs/why/generated-function.md` explains it. Nothing in here decides what a rule means.
"""
