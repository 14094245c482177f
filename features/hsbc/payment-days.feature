Feature: Payment days of HSBC Finance InterNotes

  Scenario: The printed first coupon of a quarterly note, on a business day
    When the interest payment on $1,000 of note 40429XSV9 falls due on 2007-10-15
    Then it is accepted
    And $15.68 is paid on 2007-10-15

  Scenario: The printed first coupon of a semi-annual note, on a Saturday before a holiday
    2011-01-15 is a Saturday, and Monday the 17th is the birthday of Martin Luther King.
    When the interest payment on $1,000 of note 40429XXR2 falls due on 2011-01-15
    Then it is accepted
    And $16.60 is paid on 2011-01-18
