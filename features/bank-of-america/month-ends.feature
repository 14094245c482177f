Feature: The last day of a year, and of a February, of Bank of America InterNotes
  The imagined note pays 6 per cent a year on the last of each month, $5.00 on $1,000 for thirty days.
  2005-12-31 is a Saturday; the Sunday after it is New Year's Day, which is kept on the Monday. So cash moves on
  2006-01-03, in the next month and the next year, and nothing is added for the delay. By 30/360 it is 33 days
  from the end of February to 31 March.

  Scenario: Interest due on the last day of a year
    When the interest payment on $1,000 of note XBOFA0000 falls due on 2005-12-31
    Then it is accepted
    And $5.00 is paid on 2006-01-03

  Scenario: A note that matures on the last day of a year
    2011-12-31 is a Saturday too, and the Monday after it a holiday.
    When the maturity payment on $1,000 of note XBOFA0000 falls due on 2011-12-31
    Then it is accepted
    And $1,005.00 is paid on 2012-01-03

  Scenario: Interest from the end of February
    When the interest payment on $1,000 of note XBOFA0000 falls due on 2005-03-31
    Then it is accepted
    And $5.50 is paid on 2005-03-31

  Scenario: Called for the last day of a year, with 30 days' notice
    Given a call at par of all of note XBOFA0000 for 2005-12-31
    When notice of it is given on 2005-12-01
    Then it is accepted
    And $1,005.00 is paid for each $1,000 on 2006-01-03

  Scenario: With one day less
    Given a call at par of all of note XBOFA0000 for 2005-12-31
    When notice of it is given on 2005-12-02
    Then it is rejected
    And "short notice" is found
    And the near miss says "1 day"
