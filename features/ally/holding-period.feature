Feature: Survivor's option: how long the notes were held
  The owner, and the estate after them, must have held the notes for six months before the request.
  Months are counted by corresponding dates: from 1 December to 1 June is six months. Where the later
  month has no such day, its last day counts.

  A complete request is that of the executor of a sole owner who acquired the notes on 2016-12-01 and
  died on 2017-06-10. It asks for the whole position, which stands in the deceased's account, and
  every paper is enclosed: death certificate, letters of authority, proof of ownership, repayment
  request and signature guarantee. Each scenario says only what is different, and what matters.

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

  Scenario Outline: Six months from the end of a month, one day short: acquired <acquired>, asked <asked>
    Given a complete request for $25,000 of note 02006DLG4
    And the notes were acquired on <acquired>
    And the owner died on <died>
    When the request is received on <asked>
    Then it is rejected
    And "held too briefly" is found
    And the near miss says "1 day"

    Examples: The last day before six months are complete
      | acquired   | died       | asked      |
      | 2017-03-31 | 2017-06-10 | 2017-09-29 |
      | 2018-08-29 | 2018-10-10 | 2019-02-27 |
      | 2018-08-31 | 2018-10-10 | 2019-02-27 |
      | 2019-08-29 | 2019-10-10 | 2020-02-28 |
      | 2019-08-31 | 2019-10-10 | 2020-02-28 |
      | 2020-02-28 | 2020-06-10 | 2020-08-27 |
      | 2020-02-29 | 2020-06-10 | 2020-08-28 |

  Scenario Outline: Six months from the end of a month, complete: acquired <acquired>, asked <asked>
    Given a complete request for $25,000 of note 02006DLG4
    And the notes were acquired on <acquired>
    And the owner died on <died>
    When the request is received on <asked>
    Then it is accepted

    Examples: The first day on which six months are complete
      | acquired   | died       | asked      |
      | 2017-03-31 | 2017-06-10 | 2017-09-30 |
      | 2018-08-29 | 2018-10-10 | 2019-02-28 |
      | 2018-08-31 | 2018-10-10 | 2019-02-28 |
      | 2019-08-29 | 2019-10-10 | 2020-02-29 |
      | 2019-08-31 | 2019-10-10 | 2020-02-29 |
      | 2020-02-28 | 2020-06-10 | 2020-08-28 |
      | 2020-02-29 | 2020-06-10 | 2020-08-29 |

  Scenario: The day acquired lies the day before the note was issued
    Given a complete request for $25,000 of note 02006DLF6
    And the notes were acquired on 2016-11-30
    When the request is received on 2017-08-01
    Then it is referred
    And "bought before the note was issued" is found

  Scenario: The day acquired is the day the note was issued
    Given a complete request for $25,000 of note 02006DLF6
    And the notes were acquired on 2016-12-01
    When the request is received on 2017-08-01
    Then it is accepted
    And "bought before the note was issued" was missed by "1 day"

  Scenario: Nobody says when the notes were acquired
    Given a complete request for $25,000 of note 02006DLF6
    And the day acquired is not given
    When the request is received on 2017-08-01
    Then it is pended
    And it waits only for "acquired_on"
    And nothing is paid
