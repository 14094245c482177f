Feature: Lots, calls and maturity, and the survivors of the same notes
  What a lot draws of a position cannot be repaid to a survivor as well, and a request that was accepted
  for it is cut to what is left. Once a note was redeemed or has matured, and was paid, nothing more is
  repaid. Neither ends anything before its day, and a notice that comes after its own day moves nothing.

  A complete request is that of the executor of a sole owner who acquired the notes on 2016-12-01 and
  died on 2017-06-10. It asks for the whole position, which stands in the deceased's account, and
  every paper is enclosed: death certificate, letters of authority, proof of ownership, repayment
  request and signature guarantee. Each scenario says only what is different, and what matters.

  Rule: What a lot has drawn is not there to be asked for

    Background: $50,000 are called for 2017-12-15
      Given a call at par of $50,000 of note 02006DLF6 for 2017-12-15
      And notice of it is given on 2017-11-10

    Scenario: All of it was drawn and paid, and then it is asked for
      Given a lot of $25,000 is drawn on 2017-11-30 of the position of $25,000 of "owner-1"
      And $25,000 of the position of "owner-1" in note 02006DLF6 is redeemed and paid on 2017-12-15
      And a complete request "A" for $25,000 of note 02006DLF6
      And the owner is "owner-1"
      And the owner died on 2017-11-20
      When request "A" is received on 2017-12-20
      Then it is rejected
      And "position already repaid" is found
      And nothing is paid

    Scenario: All of it was drawn, and it is asked for before that is paid
      Given a lot of $25,000 is drawn on 2017-11-30 of the position of $25,000 of "owner-1"
      And a complete request "A" for $25,000 of note 02006DLF6
      And the owner is "owner-1"
      When request "A" is received on 2017-12-04
      Then it is rejected
      And "nothing is left" is found

    Scenario Outline: $5,000 of $25,000 was drawn, and <asked> is asked for
      A month's interest on $19,000 is $55.42, on $20,000 $58.33.
      Given a lot of $5,000 is drawn on 2017-11-30 of the position of $25,000 of "owner-1"
      And a complete request "A" for <asked> of note 02006DLF6
      And the owner is "owner-1"
      And the position is $25,000
      When request "A" is received on 2017-12-04
      Then it is accepted
      And <accepted> is accepted
      And <not> is not accepted
      And <paid> is paid on 2018-01-16

      Examples:
        | asked   | accepted | not    | paid       |
        | $19,000 | $19,000  | $0     | $19,055.42 |
        | $20,000 | $20,000  | $0     | $20,058.33 |
        | $21,000 | $20,000  | $1,000 | $20,058.33 |
        | $25,000 | $20,000  | $5,000 | $20,058.33 |

    Scenario: A part was drawn and paid, and the rest is asked for
      Given a lot of $5,000 is drawn on 2017-11-30 of the position of $25,000 of "owner-1"
      And $5,000 of the position of "owner-1" in note 02006DLF6 is redeemed and paid on 2017-12-15
      And a complete request "A" for $20,000 of note 02006DLF6
      And the owner is "owner-1"
      When request "A" is received on 2017-12-20
      Then it is accepted
      And $20,000 is accepted
      Given a complete request "B" for $1,000 of note 02006DLF6
      And the owner is "owner-1"
      And the position is $20,000
      When request "B" is received on 2017-12-21
      Then it is rejected

    Scenario: A part was drawn and paid, and the whole is asked for
      Given a lot of $5,000 is drawn on 2017-11-30 of the position of $25,000 of "owner-1"
      And $5,000 of the position of "owner-1" in note 02006DLF6 is redeemed and paid on 2017-12-15
      And a complete request "A" for $25,000 of note 02006DLF6
      And the owner is "owner-1"
      When request "A" is received on 2017-12-20
      Then it is referred
      And a person is asked about the position: $25,000 reported or $20,000 on the ledger

    Scenario: The lot passed the position by
      Given a lot of $0 is drawn on 2017-11-30 of the position of $25,000 of "owner-1"
      And a complete request "A" for $25,000 of note 02006DLF6
      And the owner is "owner-1"
      When request "A" is received on 2017-12-04
      Then it is accepted
      And $25,000 is accepted

    Scenario: The lot drew another owner's position
      Given a lot of $25,000 is drawn on 2017-11-30 of the position of $25,000 of "owner-2"
      And a complete request "A" for $25,000 of note 02006DLF6
      And the owner is "owner-1"
      When request "A" is received on 2017-12-04
      Then it is accepted

    Scenario: Lots of two accounts of one owner
      Given a lot of $5,000 is drawn on 2017-11-30 of the position of $25,000 of "owner-1" in account "broker-1"
      When a lot of $2,000 is drawn on 2017-11-30 of the position of $10,000 of "owner-1" in account "broker-2"
      Then it is accepted
      And $2,000 is accepted
      Given a complete request "A" for $25,000 of note 02006DLF6
      And the owner is "owner-1"
      And the notes stand in account "broker-1"
      When request "A" is received on 2017-12-04
      Then $20,000 is accepted
      Given a complete request "B" for $10,000 of note 02006DLF6
      And the owner is "owner-1"
      And the notes stand in account "broker-2"
      When request "B" is received on 2017-12-04
      Then $8,000 is accepted

    Scenario: A second lot of the same account
      Given a lot of $5,000 is drawn on 2017-11-30 of the position of $25,000 of "owner-1" in account "broker-1"
      When a lot of $2,000 is drawn on 2017-11-30 of the position of $25,000 of "owner-1" in account "broker-1"
      Then it is referred
      And "drawn twice" is found

  Rule: What was asked for is cut to what a lot leaves

    Scenario: $5,000 of $25,000 is drawn after the whole was accepted
      Given a call at par of $50,000 of note 02006DLF6 for 2017-12-15
      And notice of it is given on 2017-11-10
      And a complete request "A" for $25,000 of note 02006DLF6
      And the owner died on 2017-11-20
      And request "A" is received on 2017-12-04
      When a lot of $5,000 is drawn on 2017-12-08 of the position of $25,000 of "owner of A"
      Then it is accepted
      And request "A" is answered again
      And it is accepted
      And $5,000 is taken back
      And "cut to what is left" is found, because:
        """
        A lot drew $5,000 of the position for 2017-12-15; $5,000 less is left to be repaid.
        """
      And request "A" stands accepted for $20,000
      When $5,000 of the position of "owner of A" in note 02006DLF6 is redeemed and paid on 2017-12-15
      Then it is recorded
      And no request is answered again
      When it is asked on 2018-01-15 what is due to survivors of note 02006DLF6 on 2018-01-15
      Then it is accepted
      And $20,000 of principal is due
      And $20,058.33 is paid on 2018-01-16

    Scenario Outline: Of $25,000, $10,000 and then $12,000 were accepted, and <drawn> is drawn: the latest is cut first
      Given a call at par of $50,000 of note <note> for 2017-12-15
      And notice of it is given on 2017-11-10
      And a complete request "A" for $10,000 of note <note>
      And the position is $25,000
      And request "A" is received on 2017-12-01
      And a complete request "B" for $12,000 of note <note>
      And the position is $25,000
      And it is of the same owner as request "A"
      And request "B" is received on 2017-12-04
      When a lot of <drawn> is drawn on 2017-12-08 of the position of $25,000 of "owner of A"
      Then it is accepted
      And the requests answered again are <again>
      And request "A" stands accepted for <of A>
      And request "B" stands accepted for <of B>

      Examples: All that was left, and $1,000 more, are drawn; then all of one request, and some of the other
        | note      | drawn   | again           | of A    | of B    |
        | 02006DLF6 | $3,000  | none            | $10,000 | $12,000 |
        | 02006DLG4 | $4,000  | "B"             | $10,000 | $11,000 |
        | 02006DLF6 | $15,000 | "B"             | $10,000 | $0      |
        | 02006DLG4 | $16,000 | "B", then "A"   | $9,000  | $0      |
        | 02006DLF6 | $25,000 | "B", then "A"   | $0      | $0      |

    Scenario: A request that is cut to nothing is rejected
      Given a call at par of $50,000 of note 02006DLF6 for 2017-12-15
      And notice of it is given on 2017-11-10
      And a complete request "A" for $25,000 of note 02006DLF6
      And request "A" is received on 2017-12-01
      When a lot of $25,000 is drawn on 2017-12-08 of the position of $25,000 of "owner of A"
      Then request "A" is answered again
      And it is rejected
      And $25,000 is taken back
      And $25,000 is not accepted

    Scenario Outline: A repayment due on <due>, and a redemption on <redeemed>: $6,000 of $25,000 is drawn
      $20,000 was accepted. What is repaid before the redemption date is repaid first.
      Given a call at par of $50,000 of note 02006DLF6 for <redeemed>
      And notice of it is given on 2017-11-10
      And a complete request "A" for $20,000 of note 02006DLF6
      And the position is $25,000
      And request "A" is received on 2017-11-20
      When a lot of $6,000 is drawn on 2017-11-30 of the position of $25,000 of "owner of A"
      Then it is <outcome>
      And request "A" stands accepted for <accepted>

      Examples:
        | due        | redeemed   | outcome  | accepted |
        | 2017-12-15 | 2017-12-15 | accepted | $19,000  |
        | 2017-12-15 | 2018-01-15 | referred | $20,000  |

    Scenario: A lot may draw all that such a repayment leaves, and not more
      Given a call at par of $50,000 of note 02006DLG4 for 2018-01-15
      And notice of it is given on 2017-11-10
      And a complete request "A" for $20,000 of note 02006DLG4
      And the position is $25,000
      And request "A" is received on 2017-11-20
      When a lot of $6,000 is drawn on 2017-11-30 of the position of $25,000 of "owner of A"
      Then it is referred
      And "more than is left" is found, because:
        """
        The lot draws $6,000; only $5,000 of the position is left by 2018-01-15, the rest is repaid or
        drawn before.
        """
      When a lot of $5,000 is drawn on 2017-11-30 of the position of $25,000 of "owner of A"
      Then it is accepted
      And no request is answered again

    Scenario Outline: The ledger has $25,000, of which $10,000 is accepted: the lot reports <position>
      Given a call at par of $50,000 of note 02006DLF6 for 2017-12-15
      And notice of it is given on 2017-11-10
      And a complete request "A" for $10,000 of note 02006DLF6
      And the position is $25,000
      And request "A" is received on 2017-12-01
      When a lot of $1,000 is drawn on 2017-12-08 of the position of <position> of "owner of A"
      Then it is <outcome>

      Examples: Whatever lies between what is left and what stands there agrees with it
        | position   | outcome  |
        | $14,999.99 | referred |
        | $15,000    | accepted |
        | $25,000    | accepted |
        | $25,000.01 | referred |

    Scenario: What waits for the next year finds only what the lot left
      Given the programme is ally/term-notes-a
      And the issuer elected the individual limit for 2017
      And the issuer elected the individual limit for 2018
      And a call at par of $50,000 of note 02006DLF6 for 2017-12-15
      And notice of it is given on 2017-11-10
      And a complete request "A" for $300,000 of note 02006DLF6
      And request "A" is received on 2017-11-27
      When a lot of $30,000 is drawn on 2017-12-01 of the position of $300,000 of "owner of A"
      Then request "A" is answered again
      And it is carried over
      And $20,000 is carried over
      And $30,000 is not accepted
      And request "A" stands accepted for $250,000
      When the year 2018 is opened
      Then request "A" is answered again
      And it is accepted
      And $20,000 is accepted
      And $0 is not accepted
      And request "A" stands accepted for $270,000

    Scenario: Where what was accepted is cut, nothing is left to wait either
      Given the programme is ally/term-notes-a
      And the issuer elected the individual limit for 2017
      And the issuer elected the individual limit for 2018
      And a call at par of $100,000 of note 02006DLF6 for 2017-12-15
      And notice of it is given on 2017-11-10
      And a complete request "A" for $300,000 of note 02006DLF6
      And request "A" is received on 2017-11-27
      When a lot of $100,000 is drawn on 2017-12-01 of the position of $300,000 of "owner of A"
      Then request "A" is answered again
      And $50,000 is taken back
      And $100,000 is not accepted
      And request "A" stands accepted for $200,000
      When the year 2018 is opened
      Then no request is answered again

  Rule: A redemption is paid for what was drawn, and on its day

    Background: $5,000 of a position of $25,000 are drawn for 2017-12-15
      Given a call at par of $50,000 of note 02006DLF6 for 2017-12-15
      And notice of it is given on 2017-11-10
      And a lot of $5,000 is drawn on 2017-11-30 of the position of $25,000 of "owner-1"

    Scenario Outline: <paid> is reported as paid
      When <paid> of the position of "owner-1" in note 02006DLF6 is redeemed and paid on 2017-12-15
      Then it is <outcome>

      Examples:
        | paid      | outcome  |
        | $4,999.99 | recorded |
        | $5,000    | recorded |
        | $5,000.01 | referred |

    Scenario: It is reported as paid a day before its day
      When $5,000 of the position of "owner-1" in note 02006DLF6 is redeemed for 2017-12-15 and paid on 2017-12-14
      Then it is referred
      And "not due yet" is found

    Scenario: It is reported for a day the note is not called for
      When $5,000 of the position of "owner-1" in note 02006DLF6 is redeemed and paid on 2018-01-15
      Then it is referred
      And "nothing is due" is found, because "No accepted notice calls note 02006DLF6 for 2018-01-15."

    Scenario: It is reported for an owner of whose position nothing was drawn
      When $5,000 of the position of "owner-2" in note 02006DLF6 is redeemed and paid on 2017-12-15
      Then it is referred
      And "nothing is due" is found

    Scenario: A part, the rest, and then once more
      Given $2,000 of the position of "owner-1" in note 02006DLF6 is redeemed and paid on 2017-12-15
      When $3,000 of the position of "owner-1" in note 02006DLF6 is redeemed and paid on 2017-12-15
      Then it is recorded
      When $3,000 of the position of "owner-1" in note 02006DLF6 is redeemed and paid on 2017-12-15
      Then it is referred
      And "already paid" is found

    Scenario Outline: $5,000 was paid, and <back> comes back
      Given $5,000 of the position of "owner-1" in note 02006DLF6 is redeemed and paid on 2017-12-15
      When <back> of what was redeemed of the position of "owner-1" in note 02006DLF6 for 2017-12-15 comes back on 2017-12-18
      Then it is <outcome>

      Examples:
        | back      | outcome  |
        | $2,000    | recorded |
        | $5,000    | recorded |
        | $5,000.01 | referred |

    Scenario: What came back is paid again
      Given $5,000 of the position of "owner-1" in note 02006DLF6 is redeemed and paid on 2017-12-15
      And $2,000 of what was redeemed of the position of "owner-1" in note 02006DLF6 for 2017-12-15 comes back on 2017-12-18
      When $2,000.01 of the position of "owner-1" in note 02006DLF6 is redeemed for 2017-12-15 and paid on 2017-12-19
      Then it is referred
      When $2,000 of the position of "owner-1" in note 02006DLF6 is redeemed for 2017-12-15 and paid on 2017-12-19
      Then it is recorded

    Scenario: What the notice called is reported as paid without saying to whom
      When $50,000.01 of note 02006DLF6 is redeemed in all for 2017-12-15 and paid on 2017-12-15
      Then it is referred
      And "more than is due" is found
      When $50,000 of note 02006DLF6 is redeemed in all for 2017-12-15 and paid on 2017-12-15
      Then it is recorded

  Rule: Once a note was redeemed in whole and paid, nothing more is repaid

    Scenario: What is due to a survivor after the note is called
      Given a complete request "A" for $25,000 of note 02006DLF6
      And request "A" is received on 2017-12-27
      And a call at par of all of note 02006DLF6 for 2018-02-15
      And notice of it is given on 2017-12-28
      When it is asked on 2018-02-15 what is due to survivors of note 02006DLF6 on 2018-02-15
      Then it is rejected
      And "redeemed with the note" is found
      When request "A" is repaid $25,000 due on 2018-02-15
      Then it is referred
      And "redeemed with the note" is found

    Scenario: The redemption is paid, and ends what it made impossible
      Given a complete request "A" for $25,000 of note 02006DLF6
      And request "A" is received on 2017-12-27
      And a complete request "B" for $10,000 of note 02006DLF6
      And request "B" is received on 2017-12-27
      And a call at par of all of note 02006DLF6 for 2018-02-15
      And notice of it is given on 2017-12-28
      When note 02006DLF6 is redeemed for 2018-02-15 and paid on 2018-02-14
      Then it is referred
      And "not due yet" is found
      And no request is answered again
      When note 02006DLF6 is redeemed for 2018-02-15 and paid on 2018-02-15
      Then it is recorded
      And the requests answered again are "A", then "B"
      And request "A" is answered again
      And "redeemed and paid" is found
      When request "A" is repaid $25,000 due on 2018-02-15
      Then it is referred
      When note 02006DLF6 is redeemed for 2018-02-15 and paid on 2018-02-16
      Then it is referred
      And "already paid" is found

    Scenario: The redemption is paid position by position
      Given a complete request "A" for $25,000 of note 02006DLG4
      And request "A" is received on 2017-12-27
      And a complete request "B" for $10,000 of note 02006DLG4
      And request "B" is received on 2017-12-27
      And a call at par of all of note 02006DLG4 for 2018-02-15
      And notice of it is given on 2017-12-28
      When $25,000 of the position of "owner of A" in note 02006DLG4 is redeemed and paid on 2018-02-15
      Then it is recorded
      And the requests answered again are "A"
      And request "A" is answered again
      And "redeemed and paid" is found
      When $25,000 of the position of "owner of A" in note 02006DLG4 is redeemed and paid on 2018-02-15
      Then it is referred
      And "already paid" is found

    Scenario: A repayment that was due before the redemption is still made
      Given a complete request "A" for $25,000 of note 02006DLF6
      And request "A" is received on 2017-11-20
      And a call at par of all of note 02006DLF6 for 2018-01-15
      And notice of it is given on 2017-11-22
      When note 02006DLF6 is redeemed for 2018-01-15 and paid on 2018-01-16
      Then it is recorded
      And no request is answered again
      When request "A" is repaid $25,000 due on 2017-12-15 only on 2018-01-17
      Then it is recorded

    Scenario: A request that comes after the redemption
      Given a call at par of all of note 02006DLF6 for 2018-01-15
      And notice of it is given on 2017-11-22
      And note 02006DLF6 is redeemed for 2018-01-15 and paid on 2018-01-16
      And a complete request "A" for $25,000 of note 02006DLF6
      When request "A" is received on 2018-01-17
      Then it is rejected
      And "note is called" is found

  Rule: A note that has matured is paid once, on its day

    Scenario Outline: The note matures on 2019-12-15, and is reported as paid for <for> on <paid>
      Given a complete request "A" for $25,000 of note 02006DLF6
      And the owner died on 2019-06-10
      And request "A" is received on 2019-11-26
      When note 02006DLF6 matures on <for> and is paid on <paid>
      Then it is referred
      And "<found>" is found
      And no request is answered again

      Examples: The day before, and an interest date that is not the maturity
        | for        | paid       | found          |
        | 2019-12-15 | 2019-12-14 | not due yet    |
        | 2019-11-15 | 2019-12-16 | nothing is due |

    Scenario: The maturity ends what was to be repaid that day and is not repaid yet
      Given a complete request "A" for $25,000 of note 02006DLF6
      And the owner died on 2019-06-10
      And request "A" is received on 2019-11-26
      When note 02006DLF6 matures on 2019-12-15 and is paid on 2019-12-16
      Then it is recorded
      And request "A" is answered again
      And it is recorded
      And "paid at maturity" is found
      When request "A" is repaid $25,000 due on 2019-12-15 only on 2019-12-16
      Then it is referred
      And "nothing is due" is found, because "Request `A` is matured; nothing is due to it on 2019-12-15."
      When note 02006DLF6 matures on 2019-12-15 and is paid on 2019-12-17
      Then it is referred
      And "already paid" is found

    Scenario: What was repaid that day before the rest of the note was paid stays paid
      Given a complete request "A" for $25,000 of note 02006DLG4
      And the owner died on 2021-06-10
      And request "A" is received on 2021-12-01
      And request "A" is repaid $25,000 due on 2021-12-15
      When note 02006DLG4 matures and is paid on 2021-12-15
      Then it is recorded
      And no request is answered again

  Rule: A notice that comes after its own redemption date moves nothing

    Scenario: A call of last year, after the repayment was paid
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-11-20
      And request "A" is repaid $10,000 due on 2017-12-15
      And a call at par of all of note 02006DLF6 for 2017-12-15
      When notice of it, dated 2017-11-10, is received on 2018-06-01
      Then it is referred
      And "called for a day past" is found, because:
        """
        The notice came on 2018-06-01, after its own redemption date 2017-12-15; a person has to see
        what was paid meanwhile.
        """
      And no request is answered again

    Scenario Outline: Notice dated 2017-11-10 for 2017-12-15 is received on <received>
      Given a complete request "A" for $10,000 of note 02006DLG4
      And request "A" is received on 2017-11-27
      And a call at par of all of note 02006DLG4 for 2017-12-15
      When notice of it, dated 2017-11-10, is received on <received>
      Then it is <outcome>
      When it is asked on 2018-01-15 what is due to request "A" on 2018-01-15
      Then it is <due>

      Examples: On the redemption date it still counts, and a day later it does not
        | received   | outcome  | due      |
        | 2017-12-15 | accepted | rejected |
        | 2017-12-16 | referred | accepted |

    Scenario: No lot is drawn under a notice that came too late
      Given a call at par of $50,000 of note 02006DLF6 for 2017-12-15
      When notice of it, dated 2017-11-10, is received on 2017-12-18
      Then it is referred
      When a lot of $5,000 is drawn on 2017-12-19 of the position of $25,000 of "owner-1"
      Then it is referred
      And "notice not known" is found
