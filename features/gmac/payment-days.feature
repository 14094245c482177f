Feature: Payment days of GMAC SmartNotes
  The sheet calls its convention "modified following", but its sentence is that of plain following: a
  payment due on a day that is no business day is made on the next one, also where that lies in the
  next month. A month's interest on $1,000 at 6 per cent is $5.00. The note is imagined.

  Scenario: The last of the month is a business day
    When the interest payment on $1,000 of note XGMAC0000 falls due on 2003-04-30
    Then it is accepted
    And $5.00 is paid on 2003-04-30

  Scenario: The last of the month is a Saturday: Monday pays, in the next month
    When the interest payment on $1,000 of note XGMAC0000 falls due on 2003-05-31
    Then it is accepted
    And $5.00 is paid on 2003-06-02
