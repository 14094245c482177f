Feature: The last day of a year, and of a February, of CFC InterNotes
  The imagined note pays 6 per cent a year on the last of each month, $5.00 on $1,000 for thirty days.
  2016-12-31 is a Saturday; the Sunday after it is New Year's Day, which is kept on the Monday. So cash moves on
  2017-01-03, in the next month and the next year, and nothing is added for the delay. By 30/360 it is 33 days
  from the end of February to 31 March.

  Scenario: Interest due on the last day of a year
    When the interest payment on $1,000 of note XCFCN0001 falls due on 2016-12-31
    Then it is accepted
    And $5.00 is paid on 2017-01-03

  Scenario: A note that matures on the last day of a year
    2022-12-31 is a Saturday too, and the Monday after it a holiday.
    When the maturity payment on $1,000 of note XCFCN0001 falls due on 2022-12-31
    Then it is accepted
    And $1,005.00 is paid on 2023-01-03

  Scenario: Interest from the end of February
    When the interest payment on $1,000 of note XCFCN0001 falls due on 2017-03-31
    Then it is accepted
    And $5.50 is paid on 2017-03-31
