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
