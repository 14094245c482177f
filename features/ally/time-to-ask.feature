Feature: Survivor's option: how long after the death it may be asked for
  Usually a request has to be received within one year of the death. Whether Ally's prospectus says so
  nobody has read: a request that comes later is not refused, it goes to a person. The last day is the
  corresponding day of the next year; one day past the year is past the year.

  A complete request is that of the executor of a sole owner who acquired the notes on 2016-12-01 and
  died on 2017-06-10. It asks for the whole position, which stands in the deceased's account, and
  every paper is enclosed: death certificate, letters of authority, proof of ownership, repayment
  request and signature guarantee. Each scenario says only what is different, and what matters.

  Scenario: One year after the death
    Given a complete request for $25,000 of note 02006DLF6
    And the owner died on 2017-06-10
    When the request is received on 2018-06-10
    Then it is accepted
    And "asked too late" was missed by "1 day"

  Scenario: One year and a day after the death
    Given a complete request for $25,000 of note 02006DLF6
    And the owner died on 2017-06-10
    When the request is received on 2018-06-11
    Then it is referred
    And "asked too late" is found, because:
      """
      The request was received more than 12 months after the death, the usual period to ask in;
      whether this prospectus sets one has not been read, and a person has to decide.
      """
    And nothing is paid
    And the near miss says "1 day"
    And a person is asked by "asked too late" about "2017-06-10 to 2018-06-11"

  Scenario Outline: The last day of the year: died <died>, asked <asked>
    Given a complete request for $25,000 of note 02006DLG4
    And the owner died on <died>
    When the request is received on <asked>
    Then it is accepted

    Examples: Where the next year has no 29 February, the 28th is the last day
      | died       | asked      |
      | 2017-12-31 | 2018-12-31 |
      | 2019-02-28 | 2020-02-28 |
      | 2019-03-01 | 2020-03-01 |
      | 2020-02-28 | 2021-02-28 |
      | 2020-02-29 | 2021-02-28 |

  Scenario Outline: One day past the year: died <died>, asked <asked>
    Given a complete request for $25,000 of note 02006DLG4
    And the owner died on <died>
    When the request is received on <asked>
    Then it is referred
    And "asked too late" is found
    And the near miss says "1 day"

    Examples: 29 February can be the day past the year
      | died       | asked      |
      | 2017-12-31 | 2019-01-01 |
      | 2019-02-28 | 2020-02-29 |
      | 2019-03-01 | 2020-03-02 |
      | 2020-02-28 | 2021-03-01 |
      | 2020-02-29 | 2021-03-01 |

  Scenario: The request is received on the day of death
    Given a complete request for $25,000 of note 02006DLF6
    And the owner died on 2017-06-10
    When the request is received on 2017-06-10
    Then it is accepted
    And "request before the death" was missed by "1 day"

  Scenario: The request is received the day before the death it gives
    Given a complete request for $25,000 of note 02006DLF6
    And the owner died on 2017-06-10
    When the request is received on 2017-06-09
    Then it is referred
    And "request before the death" is found

  Scenario: Nobody says when the owner died
    Given a complete request for $25,000 of note 02006DLF6
    And the day of death is not given
    When the request is received on 2017-08-01
    Then it is pended
    And it waits only for "occurred_on"

  Scenario: A request made on the last day may be completed later
    Given a complete request for $25,000 of note 02006DLF6
    And the owner died on 2017-06-10
    And the death certificate is missing
    And the request is received on 2018-06-10
    When the death certificate arrives on 2018-07-02
    Then it is accepted
    And $25,072.92 is paid on 2018-08-15
