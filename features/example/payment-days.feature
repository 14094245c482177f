Feature: Where payments move when the banks are closed
  The example programme is sold by nobody. Its notes stand for what documents of other programmes say.

  Rule: Interest moves to the next business day, but never into the next year
    "If an interest payment date is not a business day, interest is paid on the next business day, unless that day falls
    in the next calendar year: then it is paid on the business day before." Note XEXMP0078 pays interest at 3.6 per cent
    on the last day of each month, and matures on the last day of 2022.

    Scenario Outline: Interest due on <due>, <which>
      When the interest payment on $1,000 of note XEXMP0078 falls due on <due>
      Then it is accepted
      And the payment is due on <due>
      And $3.00 is paid on <paid>

      Examples: At the end of a year the banks' next business day is one of the next year
        | due        | which                                  | paid       |
        | 2016-12-31 | a Saturday before New Year's Day       | 2016-12-30 |
        | 2017-12-31 | a Sunday before New Year's Day         | 2017-12-29 |
        | 2018-12-31 | a Monday on which the banks are open   | 2018-12-31 |
        | 2021-12-31 | a Friday: New Year's Day is not moved  | 2021-12-31 |

      Examples: At the end of any other month it may go on into the next
        | due        | which                                  | paid       |
        | 2017-04-30 | a Sunday                               | 2017-05-01 |
        | 2018-09-30 | a Sunday                               | 2018-10-01 |
        | 2020-05-31 | a Sunday                               | 2020-06-01 |

    Scenario: The note matures on the Saturday before New Year's Day
      When the maturity payment on $1,000 of note XEXMP0078 falls due on 2022-12-31
      Then it is accepted
      And $3.00 of it is interest
      And $1,003.00 is paid on 2022-12-30

  Rule: Principal is paid on the business day before, and interest stays in its month
    Note XEXMP0086 pays interest at 3.6 per cent on the 30th of each month by "modified following". Its principal is paid
    on the business day before, where 30 December 2018 is not a business day.

    Scenario Outline: Interest due on <due>, a Sunday, <which>
      When the interest payment on $1,000 of note XEXMP0086 falls due on <due>
      Then it is accepted
      And $3.00 is paid on <paid>

      Examples:
        | due        | which                               | paid       |
        | 2017-07-30 | before a Monday of the same month   | 2017-07-31 |
        | 2017-04-30 | before a Monday of the next month   | 2017-04-28 |
        | 2018-09-30 | before a Monday of the next month   | 2018-09-28 |

    Scenario: The note matures on a Sunday, and is paid on Friday with interest to the Sunday
      When the maturity payment on $1,000 of note XEXMP0086 falls due on 2018-12-30
      Then it is accepted
      And $3.00 of it is interest
      And $1,003.00 is paid on 2018-12-28

  Rule: A maturity that is printed moved brings no interest for the days it was moved by
    Note XEXMP0094 pays interest at 3.6 per cent on the 15th of each month. 15 December 2024 is a Sunday, and its
    supplement prints Monday the 16th as its maturity. Interest stops on the 15th, and is paid with principal on the 16th.

    Scenario Outline: Principal asked for <day>, <which>
      When the maturity payment on $1,000 of note XEXMP0094 falls due on <day>
      Then it is accepted
      And the payment is due on 2024-12-16
      And $3.00 of it is interest
      And $1,003.00 is paid on 2024-12-16

      Examples:
        | day        | which                         |
        | 2024-12-16 | the maturity printed          |
        | 2024-12-15 | the day it was scheduled for  |

    Scenario Outline: The last interest asked for <day>, <which>
      When the interest payment on $1,000 of note XEXMP0094 falls due on <day>
      Then it is accepted
      And $3.00 is paid on 2024-12-16

      Examples:
        | day        | which                         |
        | 2024-12-15 | the day it was scheduled for  |
        | 2024-12-16 | the maturity printed          |

    Scenario Outline: Nothing falls due on <day>
      When the maturity payment on $1,000 of note XEXMP0094 falls due on <day>
      Then it is rejected
      And "not the maturity date" is found

      Examples:
        | day        |
        | 2024-12-14 |
        | 2024-12-17 |

    Scenario: A survivor whose repayment reaches maturity is repaid on the day printed
      Given a complete request "A" for $25,000 of note XEXMP0094
      When request "A" is received on 2024-11-26
      Then it is accepted
      And the payment is due on 2024-12-16
      And $25,075.00 is paid on 2024-12-16

    Scenario Outline: The note is not called for <day>
      Given a call at par of all of note XEXMP0094 for <day>
      When notice of it is given on 2024-10-01
      Then it is rejected
      And "not a call date" is found

      Examples:
        | day        |
        | 2024-12-15 |
        | 2024-12-16 |

  Rule: A last period that open days make stays as printed
    Note XEXMP0102 pays interest at 3.6 per cent on the 15th of every third month. 15 December 2022 is a Thursday on which
    the banks are open, and the note matures on Friday.

    Scenario: The last regular interest
      When the interest payment on $1,000 of note XEXMP0102 falls due on 2022-12-15
      Then it is accepted
      And $9.00 is paid on 2022-12-15

    Scenario: Principal, with interest for one day
      When the maturity payment on $1,000 of note XEXMP0102 falls due on 2022-12-16
      Then it is accepted
      And $0.10 of it is interest
      And $1,000.10 is paid on 2022-12-16

    Scenario: The day before is not the maturity date
      When the maturity payment on $1,000 of note XEXMP0102 falls due on 2022-12-15
      Then it is rejected
      And "not the maturity date" is found
