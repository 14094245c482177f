Feature: Redemption of Bank of America InterNotes
  "Callable at 100.000% on 08/15/2011 and every coupon date thereafter", of a note that pays monthly.
  Notice goes to the holders and to the trustee. A month's interest on $1,000 at 6.375 per cent is $5.31.

  Scenario: Called for a coupon date
    Given a call at par of all of note 06050XD26 for 2011-09-15
    When notice of it is given on 2011-08-10
    Then it is accepted
    And $1,005.31 is paid for each $1,000 on 2011-09-15

  Scenario: Called before the first
    Given a call at par of all of note 06050XD26 for 2011-07-15
    When notice of it is given on 2011-06-10
    Then it is rejected
    And "not a call date" is found

  Scenario: The holders have been notified, the trustee has not
    Given a call at par of all of note 06050XD26 for 2011-09-15
    And the notice went to the holders only
    When notice of it is given on 2011-08-10
    Then it is pended
    And it waits only for "trustee"

  Scenario: Thirty days' notice, where the pricing supplement prints them
    Given a call at par of all of note 06050XWB5 for 2006-12-15
    When notice of it is given on 2006-11-15
    Then it is accepted

  Scenario: One day less
    Given a call at par of all of note 06050XWB5 for 2006-12-15
    When notice of it is given on 2006-11-16
    Then it is rejected
    And "short notice" is found
    And the near miss says "1 day"

  Scenario: The printed first coupon falls on a Sunday before a holiday: Tuesday pays it
    When the interest payment on $1,000 of note 06050XC50 falls due on 2009-02-15
    Then it is accepted
    And $36.56 is paid on 2009-02-17

  Scenario: The printed first coupon falls on a business day
    When the interest payment on $1,000 of note 06050WFB6 falls due on 2014-08-15
    Then it is accepted
    And $21.00 is paid on 2014-08-15

  Scenario Outline: Acquired on <acquired>, the note having been issued on 2008-07-31
    Given a complete request for $25,000 of note 06050XC43
    And the notes were acquired on <acquired>
    And the owner died on 2009-10-10
    When the request is received on 2009-11-02
    Then it is <outcome>
    And "bought before the note was issued" <whether>

    Examples:
      | acquired   | outcome  | whether      |
      | 2008-07-31 | accepted | is not found |
      | 2008-07-30 | referred | is found     |
