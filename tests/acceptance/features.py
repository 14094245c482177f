"""Small folders of features, as somebody might write them."""

from __future__ import annotations

from pathlib import Path

ON_TIME = """\
Feature: When a survivor asks

  Scenario: One year after the death
    Given a complete request for $25,000 of note 02006DLF6
    And the owner died on 2017-06-10
    When the request is received on 2018-06-10
    Then it is accepted

  Scenario: A day later
    Given a complete request for $25,000 of note 02006DLF6
    And the owner died on 2017-06-10
    When the request is received on 2018-06-11
    Then it is referred
    And "asked too late" is found
"""

FAILS = """\
Feature: What nobody should expect

  Scenario: A day too late, and accepted
    Given a complete request for $25,000 of note 02006DLF6
    And the owner died on 2017-06-10
    When the request is received on 2018-06-11
    Then it is accepted
"""

EVERY_FORM = """\
Feature: Everything a feature may be made of

  Background:
    Given a complete request for $25,000 of note 02006DLF6

  Scenario: With a text under it
    When the request is received on 2017-08-01
    Then "repay at par" is found, because:
      \"\"\"
      The owner has died and the note carries
      the survivor's option.
      \"\"\"

  Scenario: With another text under it
    When the request is received on 2017-08-01
    Then "repay at par" is found, because:
      \"\"\"
      The owner has moved.
      \"\"\"

  Scenario Outline: Received on <day>: <outcome>
    When the request is received on <day>
    Then it is <outcome>

    Examples: In time
      | day        | outcome  |
      | 2017-08-01 | accepted |
      | 2017-08-02 | rejected |

    Examples: Too late
      | day        | outcome  |
      | 2018-06-11 | referred |

  Rule: Papers are asked for

    Background:
      Given the death certificate is missing

    Scenario: With a table under it
      When the request is received on 2017-08-01
      Then these are found, each with its clause:
        | found          | clause                      |
        | proof of death | Survivor's option, evidence |

    Scenario: With a table that says something else
      When the request is received on 2017-08-01
      Then these are found, each with its clause:
        | found          | clause         |
        | proof of death | Another clause |

    Scenario: With a word that no event knows
      Given the person asking is an exekutor
      When the request is received on 2017-08-01
      Then it is pended

    Scenario: About a request that was never made
      When request "another" is received on 2017-08-01
      Then it is pended
"""


def written(folder: Path, **files: str) -> Path:
    """Write features into a folder, by their names."""
    for name, text in files.items():
        path = folder / f"{name}.feature"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder
