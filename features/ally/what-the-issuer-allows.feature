Feature: Survivor's option: what the issuer allows beyond its limits
  The issuer may allow more than the prospectus's limit: for a year, for one owner in a year, or for one
  request, by waiving the limit or the rule that applies it. It may waive nothing of which the rules do
  not say so, and what it allows is never less than the limit.

  A complete request is that of the executor of a sole owner who acquired the notes on 2016-12-01 and
  died on 2017-06-10. It asks for the whole position, which stands in the deceased's account, and
  every paper is enclosed: death certificate, letters of authority, proof of ownership, repayment
  request and signature guarantee. Each scenario says only what is different, and what matters.

  Background:
    Given the programme is ally/term-notes-a

  Rule: More for every owner, in one year

    Scenario: It was said before the request came
      Given the issuer elected the individual limit for 2017 on 2017-01-02 and allows every owner $300,000
      And a complete request "A" for $301,000 of note 02006DLF6
      When request "A" is received on 2017-08-01
      Then it is accepted
      And $300,000 is accepted
      And $1,000 is carried over
      And "individual limit" is found, because "At most $300,000 is left for this owner this year."

    Scenario: It is said later: what was carried over is accepted from that day on
      Given the issuer elected the individual limit for 2017
      And a complete request "A" for $400,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      When the issuer elects the individual limit for 2017 on 2017-08-27 and allows every owner $350,000
      Then it is recorded
      And request "A" is answered again
      And it is accepted
      And $100,000 is accepted
      And $50,000 is carried over
      And the payment is due on 2017-10-15
      And request "A" stands accepted for $350,000

    Scenario Outline: $350,000 was allowed and used: now <amount> is said
      Given the issuer elected the individual limit for 2017 on 2017-01-02 and allows every owner $350,000
      And a complete request "A" for $400,000 of note 02006DLG4
      And request "A" is received on 2017-08-01
      When the issuer elects the individual limit for 2017 on 2017-08-27 and allows every owner <amount>
      Then it is <outcome>
      And request "A" stands accepted for <accepted>

      Examples: What was accepted by the first word stands: less needs that word to be taken back
        | amount      | outcome  | accepted |
        | $349,999.99 | referred | $350,000 |
        | $350,000    | recorded | $350,000 |
        | $351,000    | recorded | $351,000 |

    Scenario: Less than the prospectus has is not less
      Given the issuer elected the individual limit for 2017 on 2017-01-02 and allows every owner $100,000
      And a complete request "A" for $251,000 of note 02006DLF6
      When request "A" is received on 2017-08-01
      Then $250,000 is accepted

  Rule: More for one owner, in one year

    Scenario: One owner is allowed $400,000, another is not
      Given the issuer elected the individual limit for 2017 on 2017-01-02 and allows owner "owner-1" $400,000
      And a complete request "A" for $400,000 of note 02006DLF6
      And the owner is "owner-1"
      And a complete request "B" for $400,000 of note 02006DLF6
      And the owner is "owner-2"
      When request "A" is received on 2017-08-01
      Then it is accepted
      And $400,000 is accepted
      And $0 is carried over
      When request "B" is received on 2017-08-01
      Then it is accepted
      And $250,000 is accepted
      And $150,000 is carried over

    Scenario Outline: One owner is allowed $300,000 and asks for <asked>
      Given the issuer elected the individual limit for 2017 on 2017-01-02 and allows owner "owner-1" $300,000
      And a complete request "A" for <asked> of note 02006DLG4
      And the owner is "owner-1"
      When request "A" is received on 2017-08-01
      Then it is accepted
      And <accepted> is accepted
      And <carried> is carried over

      Examples:
        | asked    | accepted | carried |
        | $299,000 | $299,000 | $0      |
        | $300,000 | $300,000 | $0      |
        | $301,000 | $300,000 | $1,000  |

    Scenario: It covers both of the owner's accounts
      Given the issuer elected the individual limit for 2017 on 2017-01-02 and allows owner "owner-1" $400,000
      And a complete request "A" for $250,000 of note 02006DLF6
      And the owner is "owner-1"
      And the notes stand in account "broker-1"
      And request "A" is received on 2017-08-01
      And a complete request "B" for $200,000 of note 02006DLG4
      And the owner is "owner-1"
      And the notes stand in account "broker-2"
      When request "B" is received on 2017-08-02
      Then $150,000 is accepted
      And $50,000 is carried over

    Scenario: It is said after the limit was elected and used: only that owner is answered again
      Given the issuer elected the individual limit for 2017
      And a complete request "A" for $400,000 of note 02006DLF6
      And request "A" is received on 2017-11-06
      And a complete request "B" for $400,000 of note 02006DLF6
      And request "B" is received on 2017-11-06
      When the issuer elects the individual limit for 2017 on 2017-11-20 and allows owner "owner of B" $300,000
      Then it is recorded
      And the requests answered again are "B"
      And request "B" is answered again
      And $50,000 is accepted
      And $100,000 is carried over
      And request "A" stands accepted for $250,000

    Scenario: The limit that one owner is allowed more of was not elected
      Given the issuer elected the individual limit for 2017
      And a complete request "A" for $400,000 of note 02006DLF6
      And request "A" is received on 2017-11-06
      When the issuer elects no limits for 2017 on 2017-11-20 and allows owner "owner of A" $300,000
      Then it is referred
      And "told otherwise" is found
      And no request is answered again

    Scenario: It holds in its year only
      Given the issuer elected the individual limit for 2017 on 2017-01-02 and allows owner "owner-1" $300,000
      And the issuer elected the individual limit for 2018
      And a complete request "A" for $600,000 of note 02006DLF6
      And the owner is "owner-1"
      When request "A" is received on 2017-11-06
      Then $300,000 is accepted
      When the year 2018 is opened
      Then request "A" is answered again
      And $250,000 is accepted
      And $50,000 is carried over

  Rule: More under a limit, for one request

    Scenario Outline: $300,000 is asked for, and $250,000 accepted: the issuer allows the request <allowed>
      Given the issuer elected the individual limit for 2017
      And a complete request "A" for $300,000 of note <note>
      And request "A" is received on 2017-08-01
      When the issuer allows the request <allowed> under the individual limit on 2017-08-10
      Then it is accepted
      And <more> is accepted
      And <carried> is carried over
      And "waived" is found, because "The issuer (`issuer-1`) waived `individual limit`: hardship."
      And the payment is due on 2017-09-15
      And request "A" stands accepted for <in all>

      Examples: More, but not in a whole multiple; all of it; more than is asked for; less than the limit
        | note      | allowed     | more    | carried | in all   |
        | 02006DLF6 | $280,500    | $30,000 | $20,000 | $280,000 |
        | 02006DLF6 | $299,999.99 | $49,000 | $1,000  | $299,000 |
        | 02006DLG4 | $300,000    | $50,000 | $0      | $300,000 |
        | 02006DLG4 | $500,000    | $50,000 | $0      | $300,000 |
        | 02006DLF6 | $100,000    | $0      | $50,000 | $250,000 |

    Scenario: The owner's other requests count against it
      Given the issuer elected the individual limit for 2017
      And a complete request "A" for $200,000 of note 02006DLG4
      And request "A" is received on 2017-08-01
      And a complete request "B" for $100,000 of note 02006DLF6
      And it is of the same owner as request "A"
      And request "B" is received on 2017-08-02
      When the issuer allows the request $270,000 under the individual limit on 2017-08-10
      Then it is accepted
      And $20,000 is accepted
      And $30,000 is carried over
      And request "B" stands accepted for $70,000

    Scenario: What the first acceptance paid stays paid, and the rest is due on the next day still to come
      The repayment of what is allowed now was due on 2017-09-15, as of the request's own day.
      Given the issuer elected the individual limit for 2017
      And a complete request "A" for $300,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And request "A" is repaid $250,000 due on 2017-09-15
      When the issuer allows the request $300,000 under the individual limit on 2017-12-20
      Then it is accepted
      And $50,000 is accepted
      And the payment is due on 2018-01-15
      And $50,145.83 is paid on 2018-01-16
      And "repayment is late" is found, because:
        """
        Counted from 2017-08-01 the repayment was due on 2017-09-15; it was decided only on 2017-12-20,
        and 2018-01-15 is the first day still to come.
        """

    Scenario: A request that waits for a paper: the waiver counts once the paper is there
      Given the issuer elected the individual limit for 2017
      And a complete request "A" for $300,000 of note 02006DLF6
      And the death certificate is missing
      And request "A" is received on 2017-08-01
      When the issuer allows the request $300,000 under the individual limit on 2017-08-10
      Then it is pended
      And it waits only for "death certificate"
      When the death certificate arrives on 2017-08-14
      Then it is accepted
      And $300,000 is accepted

    Scenario: The annual limit
      Given the issuer elected the annual limit for 2017
      And the principal outstanding at 2016-12-31 was reported as $85,000,000 on 2017-01-20
      And a complete request "A" for $2,500,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      When the issuer allows the request $2,400,000 under the annual limit on 2017-08-10
      Then it is accepted
      And $400,000 is accepted
      And $100,000 is carried over
      Given a complete request "B" for $1,000 of note 02006DLF6
      When request "B" is received on 2017-08-11
      Then it is carried over

    Scenario: More than the sure amount while what is outstanding is not reported: the rest still waits for the report
      Given the issuer elected the annual limit for 2017
      And a complete request "A" for $2,500,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      When the issuer allows the request $2,400,000 under the annual limit on 2017-08-10
      Then it is accepted
      And $400,000 is accepted
      And $100,000 is pended
      And it waits only for "outstanding principal at 2016-12-31"
      When the principal outstanding at 2016-12-31 is reported as $150,000,000 on 2017-08-11
      Then request "A" is answered again
      And $100,000 is accepted

    Scenario: A limit that the rules of the note do not have
      Given the issuer elected the individual limit for 2017
      And a complete request "A" for $300,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      When the issuer allows the request $300,000 under the series limit on 2017-08-10
      Then it is referred
      And "rule not known" is found, because "The rules of the note have no limit `series limit`."

    Scenario: A limit spelled otherwise
      Given the issuer elected the individual limit for 2017
      And a complete request "A" for $300,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      When the issuer allows the request $300,000 under the individul limit on 2017-08-10
      Then it is referred
      And "rule not known" is found, because:
        """
        The rules of the note have no limit `individul limit`. Did you mean `individual limit`?
        """

  Rule: A rule that may be waived, and one that may not

    Scenario: The rule that applies the individual limit
      Given the issuer elected the individual limit for 2017
      And a complete request "A" for $300,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      When the issuer waives "individual limit" for the request on 2017-08-10
      Then it is accepted
      And $50,000 is accepted
      And $0 is carried over
      And "waived" is found
      And request "A" stands accepted for $300,000

    Scenario: Of two limits one is waived: the other binds
      Given the issuer elected both limits for 2017
      And the principal outstanding at 2016-12-31 was reported as $85,000,000 on 2017-01-20
      And a complete request "A" for $2,001,000 of note 02006DLG4
      And request "A" is received on 2017-08-01
      When the issuer waives "individual limit" for the request on 2017-08-10
      Then it is accepted
      And $1,750,000 is accepted
      And $1,000 is carried over
      And request "A" stands accepted for $2,000,000

    Scenario: What was waived for one request uses the owner's limit up for the next
      Given the issuer elected the individual limit for 2017
      And a complete request "A" for $300,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And the issuer waives "individual limit" for the request on 2017-08-10
      And a complete request "B" for $1,000 of note 02006DLG4
      And it is of the same owner as request "A"
      When request "B" is received on 2017-08-11
      Then it is carried over

    Scenario Outline: Nothing in the rules says that <rule> may be waived
      Given a complete request "A" for <asked> of note 02006DLF6
      And the notes were acquired on <acquired>
      And request "A" is received on 2017-08-01
      When the issuer waives "<rule>" for the request on 2017-08-10
      Then it is rejected
      And "may not be waived" is found, because:
        """
        The rule set does not say of `<rule>` that it may be waived.
        """
      And nothing is paid

      Examples:
        | rule                   | asked   | acquired   |
        | held too briefly       | $25,000 | 2017-04-01 |
        | not in whole multiples | $2,500  | 2016-12-01 |

    Scenario: A paper may not be waived either, and the request goes on waiting for it
      Given a complete request "A" for $25,000 of note 02006DLF6
      And the death certificate is missing
      And request "A" is received on 2017-08-01
      When the issuer waives "proof of death" for the request on 2017-08-10
      Then it is rejected
      And "may not be waived" is found
      When the death certificate arrives on 2017-08-14
      Then it is accepted

    Scenario: A rule that there is not
      Given a complete request "A" for $25,000 of note 02006DLF6
      And the notes were acquired on 2017-04-01
      And request "A" is received on 2017-08-01
      When the issuer waives "held to briefly" for the request on 2017-08-10
      Then it is referred
      And "rule not known" is found, because:
        """
        The rules of the note have no rule `held to briefly`. Did you mean `held too briefly`?
        """

    Scenario: A request that was paid needs nothing waived
      Given a complete request "A" for $25,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And request "A" is repaid $25,000 due on 2017-09-15
      When the issuer waives "individual limit" for the request on 2017-09-18
      Then it is rejected
      And "request is finished" is found

    Scenario: A request nobody made
      Given a complete request "A" for $25,000 of note 02006DLF6
      When the issuer waives "individual limit" for the request on 2017-08-10
      Then it is referred
      And "request not known" is found

    Scenario: A waiver closes no question
      Given the issuer elected the individual limit for 2017
      And a complete request "A" for $300,000 of note 02006DLF6
      And the papers leave open who owned the notes at death
      And request "A" is received on 2017-08-01
      When the issuer waives "individual limit" for the request on 2017-08-10
      Then it is referred
      And a person is asked about "ownership in doubt"
      When a person lets the request go on, on 2017-08-14
      Then it is accepted
      And $300,000 is accepted
