Feature: Survivor's option: how long the notes were held
  The owner, and the estate after them, must have held the notes for six months before the request.
  Months are counted by corresponding dates: from 1 December to 1 June is six months. Where the later
  month has no such day, its last day counts.

  A complete request is that of an executor for a sole owner who acquired the notes on 2016-12-01 and
  died on 2017-06-10, with every paper and for the whole position.

  Scenario: One day short of six months, the estate holding
    Given a complete request for $25,000 of note 02006DLF6
    And the notes were acquired on 2016-12-01
    And the owner died on 2017-03-10
    And the notes now stand in the estate's account
    When the request is received on 2017-05-31
    Then it is rejected
    And "held too briefly" is found, because "The notes were held 5 months before the request; 6 months are needed."
    And the near miss says "1 day"
    And $25,000 is not accepted
    And nothing is paid

  Scenario: Six months to the day, the estate's time counted
    Given a complete request for $25,000 of note 02006DLF6
    And the notes were acquired on 2016-12-01
    And the owner died on 2017-03-10
    And the notes now stand in the estate's account
    When the request is received on 2017-06-01
    Then it is accepted
    And nothing stands against it
