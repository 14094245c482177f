Feature: Redemption of Toyota CoreNotes: ten calendar days' notice
  The pricing supplement prints no notice; the series asks for not less than ten calendar days. A
  quarter's interest on $1,000 at 6 per cent is $15.00. The note is imagined.

  Scenario: Ten days' notice
    Given a call at par of all of note XTOYT0000 for 2009-11-30
    When notice of it is given on 2009-11-20
    Then it is accepted
    And $1,015.00 is paid for each $1,000 on 2009-11-30
    And "short notice" was missed by "1 day"

  Scenario: Nine days' notice
    Given a call at par of all of note XTOYT0000 for 2009-11-30
    When notice of it is given on 2009-11-21
    Then it is rejected
    And "short notice" is found, because "Notice was given 9 days before 2009-11-30, and 10 are needed; it would serve 2010-02-28."
    And the near miss says "1 day"
