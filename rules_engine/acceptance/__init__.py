"""Acceptance: scenarios in the words of operations, answered by the host, and which rules they reach.

With pytest-bdd installed, these steps are there for any repository's own feature files:

    # test_features.py
    from pytest_bdd import scenarios

    scenarios("features")

Scenarios run on the rule book shipped; a fixture `rules_folder` in a conftest.py names another.
`pytest --rule-coverage FILE` writes down which rules the scenarios reached, and which they did not.
"""
