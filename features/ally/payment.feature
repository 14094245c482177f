Feature: Survivor's option: when it is paid, and how much
  What is accepted is repaid at par, with interest accrued to the day it is due, on the first interest
  date that lies 20 or more calendar days after acceptance. Interest falls due on the 15th of each
  month. Where that is no business day, cash moves on the next one, and nothing is added for the delay.

  A complete request is that of the executor of a sole owner who acquired the notes on 2016-12-01 and
  died on 2017-06-10. It asks for the whole position, which stands in the deceased's account, and
  every paper is enclosed: death certificate, letters of authority, proof of ownership, repayment
  request and signature guarantee. Each scenario says only what is different, and what matters.

  Scenario: $25,000, complete on 2017-08-01
    Given a complete request for $25,000 of note 02006DLF6
    And the notes were acquired on 2016-12-01
    And the owner died on 2017-06-10
    When the request is received on 2017-08-01
    Then it is accepted
    And the payment is due on 2017-09-15
    And $72.92 of it is interest
    And $25,072.92 is paid on 2017-09-15

  Scenario: $40,000, complete on 2017-09-01, due on a Sunday
    Given a complete request for $40,000 of note 02006DLF6
    When the request is received on 2017-09-01
    Then it is accepted
    And the payment is due on 2017-10-15
    And $116.67 of it is interest
    And $40,116.67 is paid on 2017-10-16

  Scenario Outline: Received <received>: <days> days before <due>
    Given a complete request for $1,000 of note 02006DLG4
    And the owner died on <died>
    When the request is received on <received>
    Then it is accepted
    And the payment is due on <due>
    And $1,003.54 is paid on <paid>

    Examples: The twentieth day before an interest date, and the day after it
      | died       | received   | days | due        | paid       |
      | 2017-06-10 | 2017-08-26 | 20   | 2017-09-15 | 2017-09-15 |
      | 2017-06-10 | 2017-08-27 | 49   | 2017-10-15 | 2017-10-16 |
      | 2017-06-10 | 2017-12-26 | 20   | 2018-01-15 | 2018-01-16 |
      | 2017-06-10 | 2017-12-27 | 50   | 2018-02-15 | 2018-02-15 |

    Examples: Across the end of February, without a 29th and with one
      | died       | received   | days | due        | paid       |
      | 2018-06-10 | 2019-02-23 | 20   | 2019-03-15 | 2019-03-15 |
      | 2018-06-10 | 2019-02-24 | 50   | 2019-04-15 | 2019-04-15 |
      | 2019-06-10 | 2020-02-24 | 20   | 2020-03-15 | 2020-03-16 |
      | 2019-06-10 | 2020-02-25 | 50   | 2020-04-15 | 2020-04-15 |

    Examples: Due on a Saturday before a holiday: cash moves on Tuesday
      | died       | received   | days | due        | paid       |
      | 2019-06-10 | 2020-01-26 | 20   | 2020-02-15 | 2020-02-18 |

  Scenario Outline: Interest is rounded once, on the whole amount: <asked> of note <note>
    Given a complete request for <asked> of note <note>
    When the request is received on 2017-08-01
    Then <interest> of it is interest

    Examples: Thirty days of a year of 360; half a cent is rounded up
      | asked    | note      | interest |
      | $1,000   | 02006DLF6 | $2.92    |
      | $3,000   | 02006DLF6 | $8.75    |
      | $100,000 | 02006DLF6 | $291.67  |
      | $1,000   | 02006DLG4 | $3.54    |
      | $3,000   | 02006DLG4 | $10.63   |
      | $25,000  | 02006DLG4 | $88.54   |
