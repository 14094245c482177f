Feature: Redemption at the issuer's option
  Both notes are "Callable at 100% on 12/15/2017 and Monthly thereafter with 30 Calendar Days Notice."
  Days of notice are counted back from the scheduled redemption date; the day of notice is not
  counted, and it is not moved for a holiday. A redemption date that is no business day is paid on
  the next one, and nothing is added for the delay. A notice that is too short is not effective for
  its date; the answer says which date it would serve.

  Notes whose CUSIP begins with 02006DZ are imagined, to show what the two real ones do not have.

  Rule: Thirty calendar days' notice

    Scenario: Notice on 2017-11-15 is in time for 2017-12-15
      Given a call at par of $1,000 of note 02006DLF6 for 2017-12-15
      When notice of it is given on 2017-11-15
      Then it is accepted
      And $1,002.92 is paid on 2017-12-15
      And "short notice" was missed by "1 day"

    Scenario: Notice on 2017-11-16 is too late for it, and would serve 2018-01-15
      Given a call at par of $1,000 of note 02006DLF6 for 2017-12-15
      When notice of it is given on 2017-11-16
      Then it is rejected
      And "short notice" is found, because:
        """
        Notice was given 29 days before 2017-12-15, and 30 are needed; it would serve 2018-01-15.
        """
      And the near miss says "1 day"
      And nothing is paid

    Scenario Outline: The last day for notice of <redeemed>
      Given a call at par of $1,000 of note <note> for <redeemed>
      When notice of it is given on <last>
      Then it is accepted
      And the payment is due on <redeemed>
      And <amount> is paid on <paid>

      Examples:
        | note      | redeemed   | last       | paid       | amount    |
        | 02006DLF6 | 2018-02-15 | 2018-01-16 | 2018-02-15 | $1,002.92 |
        | 02006DLF6 | 2018-03-15 | 2018-02-13 | 2018-03-15 | $1,002.92 |
        | 02006DLF6 | 2018-04-15 | 2018-03-16 | 2018-04-16 | $1,002.92 |
        | 02006DLF6 | 2019-11-15 | 2019-10-16 | 2019-11-15 | $1,002.92 |
        | 02006DLG4 | 2020-03-15 | 2020-02-14 | 2020-03-16 | $1,003.54 |
        | 02006DLG4 | 2021-11-15 | 2021-10-16 | 2021-11-15 | $1,003.54 |

      Examples: A Sunday is not moved
        | note      | redeemed   | last       | paid       | amount    |
        | 02006DLF6 | 2018-05-15 | 2018-04-15 | 2018-05-15 | $1,002.92 |

    Scenario Outline: One day later is too late for <redeemed>
      Given a call at par of $1,000 of note <note> for <redeemed>
      When notice of it is given on <late>
      Then it is rejected
      And "short notice" is found
      And the near miss says "1 day"

      Examples:
        | note      | redeemed   | late       |
        | 02006DLF6 | 2018-02-15 | 2018-01-17 |
        | 02006DLF6 | 2018-03-15 | 2018-02-14 |
        | 02006DLF6 | 2018-04-15 | 2018-03-17 |
        | 02006DLF6 | 2018-05-15 | 2018-04-16 |
        | 02006DLF6 | 2019-11-15 | 2019-10-17 |
        | 02006DLG4 | 2020-03-15 | 2020-02-15 |
        | 02006DLG4 | 2021-11-15 | 2021-10-17 |

    Scenario: The most notice a note allows, where it sets a most
      Note 02006DZY0 asks for 30 to 60 days.
      Given a call at par of all of note 02006DZY0 for 2018-02-15
      And the notice gives the price as 101 %
      When notice of it is given on 2017-12-17
      Then it is accepted

    Scenario: One day more than the most
      Given a call at par of all of note 02006DZY0 for 2018-02-15
      And the notice gives the price as 101 %
      When notice of it is given on 2017-12-16
      Then it is rejected
      And "notice too early" is found
      And the near miss says "1 day"

  Rule: A redemption date that is a holiday is paid on the next business day

    Scenario: 2018-01-15 is a holiday: Tuesday pays, and nothing is added
      Given a call at par of $1,000 of note 02006DLF6 for 2018-01-15
      When notice of it is given on 2017-12-16
      Then it is accepted
      And the payment is due on 2018-01-15
      And $2.92 of it is interest
      And $1,002.92 is paid on 2018-01-16

    Scenario: The whole note is called: what each $1,000 is paid
      Given a call at par of all of note 02006DLF6 for 2018-01-15
      When notice of it is given on 2017-12-15
      Then it is accepted
      And $1,002.92 is paid for each $1,000 on 2018-01-16

  Rule: Only on a call date

    Scenario: Before the first call date
      Given a call at par of $1,000 of note 02006DLF6 for 2017-11-15
      When notice of it is given on 2017-10-02
      Then it is rejected
      And "not a call date" is found, because:
        """
        The note cannot be called for 2017-11-15; the notice would serve 2017-12-15.
        """
      And "redeem as noticed" is not found

    Scenario: The day after a call date
      Given a call at par of $1,000 of note 02006DLF6 for 2017-12-16
      When notice of it is given on 2017-11-15
      Then it is rejected
      And "not a call date" is found, because:
        """
        The note cannot be called for 2017-12-16; the notice would serve 2017-12-15.
        """

    Scenario: Maturity is no call date
      Given a call at par of $1,000 of note 02006DLF6 for 2019-12-15
      When notice of it is given on 2019-11-10
      Then it is rejected
      And "not a call date" is found, because:
        """
        The note cannot be called for 2019-12-15; the notice would serve no later call date.
        """

    Scenario: The note has no call
      Given a call at par of $1,000 of note 02006DZX2 for 2017-12-15
      When notice of it is given on 2017-11-15
      Then it is rejected
      And these are found, each with its clause:
        | found                 | clause                                     |
        | note cannot be called | Pricing supplement, redemption information |

    Scenario: A call because of a tax event, which the supplement does not provide for
      Given a call at par of all of note 02006DLF6 for 2017-12-15
      And the note is called because of a tax event on 2017-11-01
      When notice of it is given on 2017-11-15
      Then it is rejected
      And "note cannot be called" is found, because:
        """
        The pricing supplement gives the issuer no right to call this note on this basis (tax event).
        """
      And "redeem as noticed" is not found

    Scenario: Nobody has read whether the note has a call
      Given a call at par of $1,000 of note 02006DZV6 for 2017-12-15
      When notice of it is given on 2017-11-15
      Then it is referred
      And "redemption terms not read" is found
      And "note cannot be called" is not found

    Scenario: No supplement gives a note with this CUSIP
      Given a call at par of $1,000 of note 02006DZW4 for 2017-12-15
      When notice of it is given on 2017-11-15
      Then it is referred
      And "note not known" is found

  Rule: At the call price

    Scenario: Another price than the note's
      Given a call at par of $1,000 of note 02006DLF6 for 2017-12-15
      And the notice gives the price as 101 %
      When notice of it is given on 2017-11-15
      Then it is rejected
      And "not the call price" is found, because:
        """
        The note may be called at 100 per cent of principal; the notice gives another price.
        """

    Scenario: A note called above par
      A month's interest on $1,000 at 3.6 per cent is $3.00, and 101 per cent of $1,000 is $1,010.
      Given a call at par of all of note 02006DZY0 for 2017-12-15
      And the notice gives the price as 101 %
      When notice of it is given on 2017-11-15
      Then it is accepted
      And $1,013.00 is paid for each $1,000 on 2017-12-15

    Scenario: The notice gives no price
      Given a call at par of $1,000 of note 02006DLF6 for 2017-12-15
      And the notice gives no price
      When notice of it is given on 2017-11-15
      Then it is pended
      And it waits only for "price"

  Rule: In whole, or in part in whole multiples

    Scenario: A part in a multiple of $1,000
      Given a call at par of $2,000 of note 02006DLF6 for 2017-12-15
      When notice of it is given on 2017-11-15
      Then it is accepted
      And $2,005.83 is paid on 2017-12-15

    Scenario Outline: A part in an odd amount: <amount>
      Given a call at par of <amount> of note 02006DLF6 for 2017-12-15
      When notice of it is given on 2017-11-15
      Then it is rejected
      And these are found, each with its clause:
        | found                       | clause                            |
        | part not in whole multiples | Pricing supplement, denominations |

      Examples:
        | amount    |
        | $500      |
        | $1,500    |
        | $1,999.99 |
        | $2,000.01 |

    Scenario: A note that may be called only in whole
      Given a call at par of $1,000 of note 02006DZY0 for 2017-12-15
      And the notice gives the price as 101 %
      When notice of it is given on 2017-11-15
      Then it is rejected
      And these are found, each with its clause:
        | found            | clause                                     |
        | whole notes only | Pricing supplement, redemption information |

  Rule: Notice goes to the holders

    Scenario: The holders have been notified, the trustee has not
      Given a call at par of $1,000 of note 02006DLF6 for 2017-12-15
      And the notice went to the holders only
      When notice of it is given on 2017-11-15
      Then it is accepted

    Scenario: The trustee has been notified, the holders have not
      Given a call at par of $1,000 of note 02006DLF6 for 2017-12-15
      And the notice went to the trustee only
      When notice of it is given on 2017-11-15
      Then it is pended
      And it waits only for "holders"

    Scenario: Nobody says who has been notified
      Given a call at par of $1,000 of note 02006DLF6 for 2017-12-15
      And the notice does not say to whom it went
      When notice of it is given on 2017-11-15
      Then it is pended
      And it waits only for "notified"

    Scenario: The notice names a day of giving that lies in the future
      Given a call at par of $1,000 of note 02006DLF6 for 2017-12-15
      When notice of it, dated 2017-11-15, is received on 2017-11-14
      Then it is referred
      And "notice from the future" is found

    Scenario: The notice is received after it was given
      Given a call at par of $1,000 of note 02006DLF6 for 2017-12-15
      When notice of it, dated 2017-11-15, is received on 2017-11-16
      Then it is accepted
      And "notice from the future" is not found

  Rule: A note is redeemed whole only once

    Scenario: A second notice for the same day
      Given a call at par of all of note 02006DLF6 for 2018-01-15
      And notice of it is given on 2017-11-20
      And a call at par of all of note 02006DLF6 for 2018-01-15
      When notice of it is given on 2017-11-21
      Then it is rejected
      And these are found, each with its clause:
        | found          | clause                                     |
        | already called | Pricing supplement, redemption information |

    Scenario: A second notice for a later day
      Given a call at par of all of note 02006DLF6 for 2018-01-15
      And notice of it is given on 2017-11-20
      And a call at par of all of note 02006DLF6 for 2018-02-15
      When notice of it is given on 2017-11-21
      Then it is rejected
      And "already called" is found

    Scenario: A second notice for an earlier day
      Given a call at par of all of note 02006DLF6 for 2018-02-15
      And notice of it is given on 2017-11-20
      And a call at par of all of note 02006DLF6 for 2018-01-15
      When notice of it is given on 2017-11-21
      Then it is accepted

    Scenario: A notice of part does not stand in the way of another
      Given a call at par of $1,000 of note 02006DLF6 for 2018-01-15
      And notice of it is given on 2017-11-20
      And a call at par of all of note 02006DLF6 for 2018-01-15
      When notice of it is given on 2017-11-21
      Then it is accepted
