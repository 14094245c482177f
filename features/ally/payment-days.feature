Feature: Payment days
  "If the maturity date or an interest payment date for any note is not a business day (as term is
  defined in prospectus), principal, premium, if any, and interest for that note is paid on the next
  business day, and no interest will accrue from, and after, the maturity date or interest payment
  date." A day on which the Federal Reserve Banks are open is taken for a business day.
  Notes whose CUSIP begins with 02006DZ are imagined, to show what the two real ones do not have.

  Rule: Interest is paid on the 15th of each month, or on the next business day

    Scenario Outline: The first interest of note <note>, as its supplement prints it
      The first interest runs from 2016-12-01. 2017-01-15 is a Sunday and the 16th a holiday.
      When the interest payment on $1,000 of note <note> falls due on 2017-01-15
      Then it is accepted
      And <interest> is paid on 2017-01-17

      Examples:
        | note      | interest |
        | 02006DLF6 | $4.28    |
        | 02006DLG4 | $5.19    |

    Scenario Outline: Every interest date of note 02006DLF6 that is no business day: <due>
      When the interest payment on $1,000 of note 02006DLF6 falls due on <due>
      Then it is accepted
      And the payment is due on <due>
      And $2.92 is paid on <paid>

      Examples:
        | due        | paid       |
        | 2017-04-15 | 2017-04-17 |
        | 2017-07-15 | 2017-07-17 |
        | 2017-10-15 | 2017-10-16 |
        | 2018-01-15 | 2018-01-16 |
        | 2018-04-15 | 2018-04-16 |
        | 2018-07-15 | 2018-07-16 |
        | 2018-09-15 | 2018-09-17 |
        | 2018-12-15 | 2018-12-17 |
        | 2019-06-15 | 2019-06-17 |
        | 2019-09-15 | 2019-09-16 |

    Scenario Outline: Interest dates of note 02006DLG4 around holidays: <due>
      When the interest payment on $1,000 of note 02006DLG4 falls due on <due>
      Then it is accepted
      And $3.54 is paid on <paid>

      Examples: Washington's Birthday is 2020-02-17 and 2021-02-15
        | due        | paid       |
        | 2020-02-15 | 2020-02-18 |
        | 2020-03-15 | 2020-03-16 |
        | 2021-02-15 | 2021-02-16 |

    Scenario Outline: An interest date that is a business day: <due>
      When the interest payment on $1,000 of note 02006DLF6 falls due on <due>
      Then it is accepted
      And $2.92 is paid on <due>

      Examples:
        | due        |
        | 2017-02-15 |
        | 2017-03-15 |
        | 2018-02-15 |

    Scenario: Interest is rounded once, on the position: 25 times $4.28 would be $107.00
      When the interest payment on $25,000 of note 02006DLF6 falls due on 2017-01-15
      Then $106.94 is paid on 2017-01-17

    Scenario Outline: No interest falls due on <day>
      When the interest payment on $1,000 of note 02006DLF6 falls due on <day>
      Then it is rejected
      And these are found, each with its clause:
        | found                | clause                               |
        | not an interest date | Pricing supplement, coupon frequency |

      Examples: Before the first, the day after one, and after the last
        | day        |
        | 2016-12-15 |
        | 2017-01-16 |
        | 2018-01-20 |
        | 2020-01-15 |

  Rule: Principal is paid at maturity

    Scenario: The note matures on a Sunday
      When the maturity payment on $1,000 of note 02006DLF6 falls due on 2019-12-15
      Then it is accepted
      And $2.92 of it is interest
      And $1,002.92 is paid on 2019-12-16

    Scenario: The note does not mature a month earlier
      When the maturity payment on $1,000 of note 02006DLF6 falls due on 2019-11-15
      Then it is rejected
      And these are found, each with its clause:
        | found                 | clause                            |
        | not the maturity date | Pricing supplement, maturity date |

  Rule: A redemption is paid on a call date

    Scenario: The first call date
      When the redemption payment on $1,000 of note 02006DLF6 falls due on 2017-12-15
      Then it is accepted
      And $1,002.92 is paid on 2017-12-15

    Scenario: A month before the first call date
      When the redemption payment on $1,000 of note 02006DLF6 falls due on 2017-11-15
      Then it is rejected
      And these are found, each with its clause:
        | found                 | clause                                     |
        | not a redemption date | Pricing supplement, redemption information |

    Scenario: Nobody has read whether the note may be redeemed
      When the redemption payment on $1,000 of note 02006DZV6 falls due on 2017-12-15
      Then it is referred
      And "redemption terms not read" is found

    Scenario: Its interest is paid all the same
      When the interest payment on $1,000 of note 02006DZV6 falls due on 2017-12-15
      Then it is accepted
      And $3.00 is paid on 2017-12-15

    Scenario: A call date that is an interest date moves with it
      When the redemption payment on $1,000 of note 02006DZY0 falls due on 2018-01-15
      Then it is accepted
      And $1,013.00 is paid on 2018-01-16

    Scenario: A call date that is no interest date, and no business day
      2018-01-20 is a Saturday. The sentence speaks of interest and maturity dates alone.
      When the redemption payment on $1,000 of note 02006DZY0 falls due on 2018-01-20
      Then it is referred
      And "holiday outside the sentence" is found

    Scenario: A call date that is no interest date, but a business day
      Seven days' interest on $1,000 at 3.6 per cent is $0.70, and 101 per cent of $1,000 is $1,010.
      When the redemption payment on $1,000 of note 02006DZY0 falls due on 2018-01-22
      Then it is accepted
      And $1,010.70 is paid on 2018-01-22

  Rule: A survivor is repaid what was accepted, on the interest date it is due

    Scenario: The interest date on which the request is due
      Given a complete request "A" for $25,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      When the repayment payment on $25,000 of note 02006DLF6 falls due on 2017-09-15
      Then it is accepted
      And $25,072.92 is paid on 2017-09-15

    Scenario Outline: Nothing is due on <day>
      Given a complete request "A" for $25,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      When the repayment payment on $25,000 of note 02006DLF6 falls due on <day>
      Then it is rejected
      And these are found, each with its clause:
        | found          | clause                      |
        | nothing is due | Life of a request, payments |

      Examples: The days beside it, and the interest dates beside it
        | day        |
        | 2017-08-15 |
        | 2017-09-14 |
        | 2017-09-16 |
        | 2017-10-15 |

    Scenario: Nobody is owed a repayment
      When the repayment payment on $25,000 of note 02006DLF6 falls due on 2017-09-15
      Then it is rejected
      And "nothing is due" is found
      And nothing is paid

  Rule: A redemption stops interest

    Scenario: Interest on the day of redemption
      Given a call at par of all of note 02006DLF6 for 2018-01-15
      And notice of it is given on 2017-11-20
      When the interest payment on $1,000 of note 02006DLF6 falls due on 2018-01-15
      Then it is accepted

    Scenario: Interest after the redemption
      Given a call at par of all of note 02006DLF6 for 2018-01-15
      And notice of it is given on 2017-11-20
      When the interest payment on $1,000 of note 02006DLF6 falls due on 2018-02-15
      Then it is rejected
      And these are found, each with its clause:
        | found           | clause                            |
        | redeemed before | Payment of principal and interest |

  Scenario: No supplement gives a note with this CUSIP
    When the interest payment on $1,000 of note 02006DZW4 falls due on 2017-01-15
    Then it is referred
    And "note not known" is found
