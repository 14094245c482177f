Feature: Survivor's option: what is due, what was paid, and what came back
  Whoever pays asks what is due, and the ledger answers; asking changes nothing. What was paid is
  reported request by request: a part pays a part, and nothing is paid twice. What comes back is open
  again.

  A complete request is that of the executor of a sole owner who acquired the notes on 2016-12-01 and
  died on 2017-06-10. It asks for the whole position, which stands in the deceased's account, and
  every paper is enclosed: death certificate, letters of authority, proof of ownership, repayment
  request and signature guarantee. Each scenario says only what is different, and what matters.

  A month's interest on $1,000 is $2.9167 on note 02006DLF6, and $3.5417 on note 02006DLG4.

  Rule: Asking changes nothing

    Scenario: The maturity is asked about long before it comes: the request goes on
      Given a complete request "A" for $20,000 of note 02006DLF6
      And the death certificate is missing
      And request "A" is received on 2017-08-01
      And the maturity payment on $1,000 of note 02006DLF6 falls due on 2019-12-15
      When the death certificate arrives on 2017-08-05
      Then it is accepted
      And $20,000 is accepted

    Scenario: What is due is asked three times, and then paid
      Given a complete request "A" for $20,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And it is asked on 2017-09-14 what is due to survivors of note 02006DLF6 on 2017-09-15
      And it is asked on 2017-09-15 what is due to survivors of note 02006DLF6 on 2017-09-15
      When it is asked on 2017-09-15 what is due to survivors of note 02006DLF6 on 2017-09-15
      Then it is accepted
      And $20,000 of principal is due
      And $20,058.33 is paid on 2017-09-15
      And no request is answered again
      When request "A" is repaid $20,000 due on 2017-09-15
      Then it is recorded

    Scenario: A redemption is asked about and never made: the repayment is due as before
      Given a complete request "A" for $20,000 of note 02006DLG4
      And request "A" is received on 2017-11-20
      And the redemption payment on $1,000 of note 02006DLG4 falls due on 2017-12-15
      When it is asked on 2017-12-15 what is due to request "A" on 2017-12-15
      Then it is accepted
      And $20,070.83 is paid on 2017-12-15

  Rule: What is due is what the ledger has accepted and not seen paid

    Scenario Outline: $10,000 is due, and <given> is asked about
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      When it is asked on 2017-09-15 whether <given> is due to survivors of note 02006DLF6 on 2017-09-15
      Then it is referred
      And "not what is due" is found, because "<given> was given; by the ledger $10,000 is due on 2017-09-15."
      And nothing is paid

      Examples: Far more, a cent more, a cent less
        | given      |
        | $99,000    |
        | $10,000.01 |
        | $9,999.99  |

    Scenario: Just what is due is asked about
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      When it is asked on 2017-09-15 whether $10,000 is due to survivors of note 02006DLF6 on 2017-09-15
      Then it is accepted
      And $10,029.17 is paid on 2017-09-15

    Scenario: A million dollars that nobody is owed
      When it is asked on 2017-09-15 whether $1,000,000 is due to survivors of note 02006DLF6 on 2017-09-15
      Then it is rejected
      And "nothing is due" is found
      And nothing is paid

    Scenario: Three requests are due on one day, each with its part
      Each part's interest is rounded by itself: three times $3.54, and not $10.63.
      Given a complete request "A" for $1,000 of note 02006DLG4
      And request "A" is received on 2017-08-01
      And a complete request "B" for $1,000 of note 02006DLG4
      And request "B" is received on 2017-08-02
      And a complete request "C" for $1,000 of note 02006DLG4
      And request "C" is received on 2017-08-03
      When it is asked on 2017-09-15 what is due to survivors of note 02006DLG4 on 2017-09-15
      Then it is accepted
      And $3,000 of principal is due
      And request "A" is due $1,000 of it, and $3.54 of interest
      And request "B" is due $1,000 of it, and $3.54 of interest
      And request "C" is due $1,000 of it, and $3.54 of interest
      And $10.62 of it is interest
      And $3,010.62 is paid on 2017-09-15

    Scenario: One of them is asked about alone
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And a complete request "B" for $50,000 of note 02006DLF6
      And request "B" is received on 2017-08-02
      When it is asked on 2017-09-15 what is due to request "B" on 2017-09-15
      Then it is accepted
      And $50,000 of principal is due
      And request "A" is due nothing of it
      And $50,145.83 is paid on 2017-09-15

    Scenario Outline: One of them is asked about alone, with the figure of <whose>
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And a complete request "B" for $50,000 of note 02006DLF6
      And request "B" is received on 2017-08-02
      When it is asked on 2017-09-15 whether <given> is due to request "B" on 2017-09-15
      Then it is <outcome>

      Examples:
        | whose     | given   | outcome  |
        | its own   | $50,000 | accepted |
        | both      | $60,000 | referred |
        | the other | $10,000 | referred |

    Scenario: Requests that are due on different days
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-26
      And a complete request "B" for $50,000 of note 02006DLF6
      And request "B" is received on 2017-08-27
      When it is asked on 2017-09-15 what is due to survivors of note 02006DLF6 on 2017-09-15
      Then it is accepted
      And request "A" is due $10,000 of it
      And request "B" is due nothing of it
      When it is asked on 2017-10-15 what is due to survivors of note 02006DLF6 on 2017-10-15
      Then it is accepted
      And request "A" is due nothing of it
      And request "B" is due $50,000 of it
      And $50,145.83 is paid on 2017-10-16

    Scenario: Another note's requests are another payment
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And a complete request "B" for $50,000 of note 02006DLG4
      And request "B" is received on 2017-08-02
      When it is asked on 2017-09-15 what is due to survivors of note 02006DLG4 on 2017-09-15
      Then it is accepted
      And $50,000 of principal is due
      When it is asked on 2017-09-15 what is due to request "A" of note 02006DLG4 on 2017-09-15
      Then it is referred
      And "note of another request" is found, because "Request `A` is for note 02006DLF6, not 02006DLG4."

    Scenario: One of two is stopped: the other is due, and the stopped one is named
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And a complete request "B" for $50,000 of note 02006DLF6
      And request "B" is received on 2017-08-02
      And it is reported on 2017-08-20 that the ownership at death is no
      When it is asked on 2017-09-15 what is due to survivors of note 02006DLF6 on 2017-09-15
      Then it is accepted
      And $10,000 of principal is due
      And request "B" is due nothing of it
      And "payment stopped" is found, because:
        """
        The payment of request `B` is stopped: a person has to decide a question first.
        """
      When it is asked on 2017-09-15 whether $60,000 is due to survivors of note 02006DLF6 on 2017-09-15
      Then it is referred
      And "not what is due" is found
      When it is asked on 2017-09-15 what is due to request "B" on 2017-09-15
      Then it is referred
      And "payment stopped" is found
      And nothing is paid

    Scenario: A request that waits for a paper is due nothing
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the death certificate is missing
      And request "A" is received on 2017-08-01
      When it is asked on 2017-09-15 what is due to request "A" on 2017-09-15
      Then it is rejected
      And "nothing is due" is found, because "By the ledger nothing is due to request `A` on 2017-09-15."

    Scenario: A request that was rejected is due nothing
      Given a complete request "A" for $2,500 of note 02006DLF6
      And request "A" is received on 2017-08-01
      When it is asked on 2017-09-15 what is due to request "A" on 2017-09-15
      Then it is rejected
      And "nothing is due" is found

    Scenario: What was carried over is due only once it is accepted
      Given the programme is ally/term-notes-a
      And the issuer elected the individual limit for 2017
      And the issuer elected the individual limit for 2018
      And a complete request "A" for $300,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      When it is asked on 2017-09-15 what is due to request "A" on 2017-09-15
      Then it is accepted
      And $250,000 of principal is due
      When it is asked on 2017-12-29 what is due to request "A" on 2018-02-15
      Then it is rejected
      And "nothing is due" is found
      When the year 2018 is opened
      Then request "A" is answered again
      And $50,000 is accepted
      When it is asked on 2018-02-15 what is due to request "A" on 2018-02-15
      Then it is accepted
      And $50,000 of principal is due

    Scenario: A request nobody made
      Given a complete request "A" for $10,000 of note 02006DLF6
      When it is asked on 2017-09-15 what is due to request "A" on 2017-09-15
      Then it is referred
      And "request not known" is found

  Rule: A part pays a part, and nothing is paid twice

    Scenario: $4,000 of $10,000, and then the rest
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      When request "A" is repaid $4,000 due on 2017-09-15
      Then it is recorded
      And "payment recorded" is found, because:
        """
        The repayment payment of $4,000 due on 2017-09-15 is on record as paid.
        """
      When it is asked on 2017-09-16 what is due to request "A" on 2017-09-15
      Then it is accepted
      And $6,000 of principal is due
      And $17.50 of it is interest
      When request "A" is repaid $6,000 due on 2017-09-15 only on 2017-09-18
      Then it is recorded
      When it is asked on 2017-09-18 what is due to request "A" on 2017-09-15
      Then it is rejected
      And "nothing is due" is found

    Scenario Outline: Of $10,000 due, <paid> is paid at once: <outcome>
      Given a complete request "A" for $10,000 of note <note>
      And request "A" is received on 2017-08-01
      When request "A" is repaid <paid> due on 2017-09-15
      Then it is <outcome>
      When it is asked on 2017-09-18 what is due to request "A" on 2017-09-15
      Then it is <still>

      Examples: A cent less leaves a cent open; a cent more settles nothing
        | note      | paid       | outcome  | still    |
        | 02006DLF6 | $9,999.99  | recorded | accepted |
        | 02006DLF6 | $10,000    | recorded | rejected |
        | 02006DLG4 | $10,000    | recorded | rejected |
        | 02006DLG4 | $10,000.01 | referred | accepted |

    Scenario: The cent that is left
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And request "A" is repaid $9,999.99 due on 2017-09-15
      When it is asked on 2017-09-18 what is due to request "A" on 2017-09-15
      Then it is accepted
      And $0.01 of principal is due
      When request "A" is repaid $0.02 due on 2017-09-15 only on 2017-09-18
      Then it is referred
      And "more than is due" is found, because "$0.02 was paid; only $0.01 is open of request `A`."
      When request "A" is repaid $0.01 due on 2017-09-15 only on 2017-09-18
      Then it is recorded

    Scenario: Paid twice
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And request "A" is repaid $10,000 due on 2017-09-15
      When request "A" is repaid $10,000 due on 2017-09-15
      Then it is referred
      And "already paid" is found, because:
        """
        What request `A` was due on 2017-09-15 has been paid already.
        """

    Scenario: The same report of a payment, received twice, counts once
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And request "A" is repaid $4,000 due on 2017-09-15
      When the same event is received once more
      Then it gives the same answer as before
      When it is asked on 2017-09-18 what is due to request "A" on 2017-09-15
      Then $6,000 of principal is due

    Scenario: Far more is paid than is due: it settles nothing
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      When request "A" is repaid $99,000 due on 2017-09-15
      Then it is referred
      And "more than is due" is found, because "$99,000 was paid; only $10,000 is open of request `A`."
      When it is asked on 2017-09-16 what is due to survivors of note 02006DLF6 on 2017-09-15
      Then $10,000 of principal is due

    Scenario: One estate is paid, and another's repayment of the same day stays open
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And a complete request "B" for $50,000 of note 02006DLF6
      And request "B" is received on 2017-08-01
      And request "A" is repaid $10,000 due on 2017-09-15
      When it is asked on 2017-09-15 what is due to survivors of note 02006DLF6 on 2017-09-15
      Then it is accepted
      And $50,000 of principal is due
      And request "A" is due nothing of it

    Scenario Outline: It is reported for <day>, on which nothing is due
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      When request "A" is repaid $10,000 due on <day>
      Then it is referred
      And "nothing is due" is found, because "Request `A` is accepted; nothing is due to it on <day>."

      Examples: A day beside, and the interest date after
        | day        |
        | 2017-09-14 |
        | 2017-09-16 |
        | 2017-10-15 |

    Scenario: It is reported for another note
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      When request "A" is repaid $10,000 of note 02006DLG4 due on 2017-09-15
      Then it is referred
      And "note of another request" is found

    Scenario: It is reported for a request nobody made
      Given a complete request "A" for $10,000 of note 02006DLF6
      When request "A" is repaid $10,000 due on 2017-09-15
      Then it is referred
      And "request not known" is found

    Scenario: A request that waits for a paper was paid
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the death certificate is missing
      And request "A" is received on 2017-08-01
      When request "A" is repaid $10,000 due on 2017-09-15
      Then it is referred
      And "nothing is due" is found, because "Request `A` is pended; nothing is due to it on 2017-09-15."

    Scenario: A request that was rejected was paid
      Given a complete request "A" for $2,500 of note 02006DLF6
      And request "A" is received on 2017-08-01
      When request "A" is repaid $2,500 due on 2017-09-15
      Then it is referred
      And "nothing is due" is found

    Scenario: A request whose payment is stopped was paid
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And it is reported on 2017-08-20 that the day acquired is 2017-05-20
      When request "A" is repaid $10,000 due on 2017-09-15
      Then it is referred
      And "payment stopped" is found
      When a person decides on 2017-09-18 that the day acquired is 2016-12-01
      Then it is accepted
      And the payment is due on 2017-10-15

    Scenario: Two repayments of one request, each on its day
      Given the programme is ally/term-notes-a
      And the issuer elected the individual limit for 2017
      And the issuer elected the individual limit for 2018
      And a complete request "A" for $300,000 of note 02006DLF6
      And request "A" is received on 2017-11-20
      And request "A" is repaid $250,000 due on 2017-12-15
      And the year 2018 is opened
      When request "A" is repaid $50,000 due on 2017-12-15 only on 2018-01-02
      Then it is referred
      And "already paid" is found
      When request "A" is repaid $50,000 due on 2018-02-15
      Then it is recorded
      And request "A" stands accepted for $300,000

  Rule: What comes back is open again

    Scenario: All of it comes back
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And request "A" is repaid $10,000 due on 2017-09-15
      When $10,000 of what request "A" was paid for 2017-09-15 comes back on 2017-09-20
      Then it is recorded
      And "payment came back" is found, because:
        """
        $10,000 of the repayment due on 2017-09-15 came back (the account was closed) and is open again.
        """
      When it is asked on 2017-09-21 what is due to survivors of note 02006DLF6 on 2017-09-15
      Then it is accepted
      And $10,000 of principal is due
      When request "A" is repaid $10,000 due on 2017-09-15 only on 2017-09-22
      Then it is recorded

    Scenario: A part of it comes back
      Given a complete request "A" for $10,000 of note 02006DLG4
      And request "A" is received on 2017-08-01
      And request "A" is repaid $10,000 due on 2017-09-15
      And $3,000 of what request "A" was paid for 2017-09-15 comes back on 2017-09-20
      When it is asked on 2017-09-21 what is due to survivors of note 02006DLG4 on 2017-09-15
      Then it is accepted
      And $3,000 of principal is due
      And $10.63 of it is interest
      When request "A" is repaid $3,000.01 due on 2017-09-15 only on 2017-09-22
      Then it is referred
      And "more than is due" is found

    Scenario Outline: $4,000 was paid, and <back> comes back
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And request "A" is repaid $4,000 due on 2017-09-15
      When <back> of what request "A" was paid for 2017-09-15 comes back on 2017-09-20
      Then it is <outcome>
      When it is asked on 2017-09-21 what is due to request "A" on 2017-09-15
      Then <due> of principal is due

      Examples: A cent more than was paid is referred, and nothing more is open
        | back      | outcome  | due       |
        | $3,999.99 | recorded | $9,999.99 |
        | $4,000    | recorded | $10,000   |
        | $4,000.01 | referred | $6,000    |

    Scenario: It comes back twice
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And request "A" is repaid $10,000 due on 2017-09-15
      And $10,000 of what request "A" was paid for 2017-09-15 comes back on 2017-09-20
      When $10,000 of what request "A" was paid for 2017-09-15 comes back on 2017-09-21
      Then it is referred
      And "more than was paid" is found, because "$10,000 came back; by the ledger $0 was paid."

    Scenario: What comes back was never paid
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      When $10,000 of what request "A" was paid for 2017-09-15 comes back on 2017-09-20
      Then it is referred
      And "more than was paid" is found

    Scenario: What comes back was paid for another day
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And request "A" is repaid $10,000 due on 2017-09-15
      When $10,000 of what request "A" was paid for 2017-10-15 comes back on 2017-10-20
      Then it is referred
      And "more than was paid" is found

    Scenario: What came back stands in the position again
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the position is $30,000
      And request "A" is received on 2017-08-01
      And request "A" is repaid $10,000 due on 2017-09-15
      And $10,000 of what request "A" was paid for 2017-09-15 comes back on 2017-09-20
      And a complete request "B" for $20,000 of note 02006DLF6
      And the position is $30,000
      And it is of the same owner as request "A"
      When request "B" is received on 2017-09-21
      Then it is accepted
      Given a complete request "C" for $1,000 of note 02006DLF6
      And the position is $30,000
      And it is of the same owner as request "A"
      When request "C" is received on 2017-09-22
      Then it is rejected

    Scenario: What came back uses the limit of its year up as before
      Given the programme is ally/term-notes-a
      And the issuer elected the individual limit for 2017
      And a complete request "A" for $250,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And request "A" is repaid $250,000 due on 2017-09-15
      And $250,000 of what request "A" was paid for 2017-09-15 comes back on 2017-09-20
      And a complete request "B" for $1,000 of note 02006DLG4
      And it is of the same owner as request "A"
      When request "B" is received on 2017-09-21
      Then it is carried over
      And $1,000 is carried over

    Scenario: What comes back of a request that was stopped meanwhile stays stopped
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And request "A" is repaid $4,000 due on 2017-09-15
      And it is reported on 2017-09-18 that the ownership at death is no
      When $4,000 of what request "A" was paid for 2017-09-15 comes back on 2017-09-20
      Then it is recorded
      When it is asked on 2017-09-21 what is due to request "A" on 2017-09-15
      Then it is referred
      And "payment stopped" is found
