Feature: Redemption of Prospect Capital InterNotes
  "Callable at 100.000% on 6/15/2025 and every business day thereafter." The first of these days is a
  Sunday. Between interest dates a called note is paid what has accrued: at 7.125 per cent, 30/360, from
  15 June to 16 June is one day, $0.20 on $1,000.

  Scenario: Called for a business day
    Given a call at par of all of note 74348GUU2 for 2025-06-16
    When notice of it is given on 2025-05-01
    Then it is accepted
    And $1,000.20 is paid for each $1,000 on 2025-06-16

  Scenario: Called for a Saturday
    Given a call at par of all of note 74348GUU2 for 2025-06-21
    When notice of it is given on 2025-05-01
    Then it is rejected
    And "not a call date" is found

  Scenario: Called for the business day before the first
    Given a call at par of all of note 74348GUU2 for 2025-06-13
    When notice of it is given on 2025-05-01
    Then it is rejected
    And "not a call date" is found

  Rule: A note re-opened is one note with the first issue's
    It settled on 2014-03-11, and interest runs from the first issue, 2014-02-19.

    Scenario: Its printed first coupon counts from the first issue
      When the interest payment on $1,000 of note 74348YMA6 falls due on 2014-08-15
      Then it is accepted
      And $23.22 is paid on 2014-08-15

    Scenario: Bought when it was first issued
      Given a complete request for $25,000 of note 74348YMA6
      And the notes were acquired on 2014-02-19
      And the owner died on 2014-10-10
      When the request is received on 2014-11-03
      Then it is accepted

    Scenario: Bought the day before
      Given a complete request for $25,000 of note 74348YMA6
      And the notes were acquired on 2014-02-18
      And the owner died on 2014-10-10
      When the request is received on 2014-11-03
      Then it is referred
      And "bought before the note was issued" is found

  Rule: "5/15/2025 and every business day thereafter": the first of these days is an interest date
    The first coupon is printed: $32.85 on $1,000. 2025-05-17 is a Saturday. From 15 May to 16 May is one
    day, $0.20.

    Scenario: Called for the first day
      Given a call at par of all of note 74348GUN8 for 2025-05-15
      When notice of it is given on 2025-04-01
      Then it is accepted
      And $1,032.85 is paid for each $1,000 on 2025-05-15

    Scenario: Called for the day after it
      Given a call at par of all of note 74348GUN8 for 2025-05-16
      When notice of it is given on 2025-04-01
      Then it is accepted
      And $1,000.20 is paid for each $1,000 on 2025-05-16

    Scenario Outline: Called for <day>, <what>
      Given a call at par of all of note 74348GUN8 for <day>
      When notice of it is given on 2025-04-01
      Then it is rejected
      And "not a call date" is found

      Examples:
        | day        | what                       |
        | 2025-05-14 | the business day before it |
        | 2025-05-17 | a Saturday                 |
