Feature: Survivor's option: questions, and the persons who decide them
  A question is a reason why a request waits for a person. Neither papers nor time close it. A person
  lets the request go on, with what stands from then on, or rejects it; the request is then decided as
  of its own day, by the same rules. What is learnt after a request was accepted stops its payment, and
  what is learnt after the payment is recorded.

  A complete request is that of the executor of a sole owner who acquired the notes on 2016-12-01 and
  died on 2017-06-10. It asks for the whole position, which stands in the deceased's account, and
  every paper is enclosed: death certificate, letters of authority, proof of ownership, repayment
  request and signature guarantee. Each scenario says only what is different, and what matters.

  Rule: What a rule refers waits for a person, and for nothing else

    Scenario: A doubtful title: a paper that comes closes nothing
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the papers leave open who owned the notes at death
      When request "A" is received on 2017-08-01
      Then it is referred
      And a person is asked by "ownership in doubt" about "in doubt"
      When the tax waiver arrives on 2017-08-02
      Then it is referred
      And a person is asked about "ownership in doubt"

    Scenario: A person lets it go on: it is accepted as of its own day
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the papers leave open who owned the notes at death
      And request "A" is received on 2017-08-01
      When a person lets the request go on, on 2017-08-20
      Then it is accepted
      And "person decided" is found, because:
        """
        A person (`desk-7`) let the request go on: looked at the papers.
        """
      And a person is asked about nothing
      And $10,029.17 is paid on 2017-09-15
      And "repayment is late" is not found

    Scenario Outline: The answer comes on <decided>, and the repayment was due on 2017-09-15
      Given a complete request "A" for $10,000 of note <note>
      And the papers leave open who owned the notes at death
      And request "A" is received on 2017-08-01
      When a person lets the request go on, on <decided>
      Then it is accepted
      And the payment is due on <due>
      And <paid> is paid on <on>
      And "repayment is late" is <late>

      Examples: On the day it still is; a day later the first interest date still to come takes its place
        | note      | decided    | due        | paid       | on         | late      |
        | 02006DLF6 | 2017-08-27 | 2017-09-15 | $10,029.17 | 2017-09-15 | not found |
        | 02006DLF6 | 2017-09-15 | 2017-09-15 | $10,029.17 | 2017-09-15 | not found |
        | 02006DLF6 | 2017-09-16 | 2017-10-15 | $10,029.17 | 2017-10-16 | found     |
        | 02006DLG4 | 2017-10-02 | 2017-10-15 | $10,035.42 | 2017-10-16 | found     |
        | 02006DLG4 | 2018-01-15 | 2018-01-15 | $10,035.42 | 2018-01-16 | found     |

    Scenario: A late repayment says since when, and why
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the papers leave open who owned the notes at death
      And request "A" is received on 2017-08-01
      When a person lets the request go on, on 2017-10-02
      Then "repayment is late" is found, because:
        """
        Counted from 2017-08-01 the repayment was due on 2017-09-15; it was decided only on 2017-10-02,
        and 2017-10-15 is the first day still to come.
        """

    Scenario Outline: A person says whether the deceased owned the notes: <answer>
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the papers leave open who owned the notes at death
      And request "A" is received on 2017-08-01
      When a person decides on 2017-08-20 that the ownership at death is <answer>
      Then it is <outcome>
      And "ownership in doubt" is not found
      And "not beneficial owner at death" is <found>

      Examples:
        | answer | outcome  | found     |
        | yes    | accepted | not found |
        | no     | rejected | found     |

    Scenario: A person rejects it
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the papers leave open who owned the notes at death
      And request "A" is received on 2017-08-01
      When a person rejects the request on 2017-08-20
      Then it is rejected
      And $10,000 is not accepted
      And "rejected by person" is found, because:
        """
        A person (`desk-7`) rejected the request: looked at the papers.
        """
      And a person is asked about nothing
      When the tax waiver arrives on 2017-08-21
      Then it is rejected
      And "request is finished" is found

    Scenario: Another person lets go on what a person rejected
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the papers leave open who owned the notes at death
      And request "A" is received on 2017-08-01
      And a person rejects the request on 2017-08-20
      When a person decides on 2017-08-22 that the ownership at death is yes
      Then it is accepted
      And the payment is due on 2017-09-15

    Scenario: The death was before the purchase, and more than a year before the request: two questions, one answer
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the owner died on 2016-06-10
      When request "A" is received on 2017-08-01
      Then it is referred
      And a person is asked about "bought after the death"
      And a person is asked about "asked too late"
      When a person lets the request go on, on 2017-08-20
      Then it is accepted
      And the payment is due on 2017-09-15
      And a person is asked about nothing

    Scenario: A person says that another day of death stands
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the owner died on 2016-06-10
      And request "A" is received on 2017-08-01
      When a person decides on 2017-08-20 that the day of death is 2017-06-10
      Then it is accepted
      And "asked too late" is not found
      And the payment is due on 2017-09-15

    Scenario Outline: Asked on 2018-08-01; a person says that the owner died on <died>
      The rule that asks does not ask again about what a person has let go on, but about other days it does.
      Given a complete request "A" for $10,000 of note 02006DLG4
      And the owner died on 2017-06-10
      And request "A" is received on 2018-08-01
      When a person decides on 2018-08-06 that the day of death is <died>
      Then it is <outcome>

      Examples: The same day as before, a later one still too early, and one year to the day
        | died       | outcome  |
        | 2017-06-10 | accepted |
        | 2017-07-31 | referred |
        | 2017-08-01 | accepted |

    Scenario: Whether the designation names the estate, a person reads in it
      Given a complete request "A" for $10,000 of note 02006DLG4
      And the notes were registered as transfer on death
      And the beneficiary designation is enclosed
      When request "A" is received on 2017-08-01
      Then it is referred
      And a person is asked about "estate of an owner who named a beneficiary"
      When a person lets the request go on, on 2017-08-08
      Then it is accepted
      And the payment is due on 2017-09-15

  Rule: A person decides by the same rules

    Scenario Outline: A doubtful title, and the notes were held <held>
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the owner died on 2017-04-10
      And the papers leave open who owned the notes at death
      And request "A" is received on <asked>
      When a person lets the request go on, on 2017-06-05
      Then it is <outcome>
      And "held too briefly" is <found>

      Examples: The day asked counts, not the day decided
        | held                  | asked      | outcome  | found     |
        | twelve days too short | 2017-05-20 | rejected | found     |
        | a day too short       | 2017-05-31 | rejected | found     |
        | six months to the day | 2017-06-01 | accepted | not found |

    Scenario: What a rule rejected stays rejected when a person lets it go on as it is
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the notes were acquired on 2017-05-20
      And request "A" is received on 2017-08-01
      When a person lets the request go on, on 2017-08-07
      Then it is rejected
      And "held too briefly" is found

    Scenario: A person corrects what it rests on: it is accepted as of its own day
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the notes were acquired on 2017-05-20
      And request "A" is received on 2017-08-01
      When a person decides on 2017-08-28 that the day acquired is 2016-12-20
      Then it is accepted
      And the payment is due on 2017-09-15

    Scenario: The correction is not enough by a day
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the notes were acquired on 2017-05-20
      And request "A" is received on 2017-08-01
      When a person decides on 2017-08-28 that the day acquired is 2017-02-02
      Then it is rejected
      And "held too briefly" is found
      And the near miss says "1 day"

    Scenario: A paper that is missing is still missing
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the papers leave open who owned the notes at death
      And the death certificate is missing
      And request "A" is received on 2017-08-01
      When a person lets the request go on, on 2017-08-07
      Then it is pended
      And it waits only for "death certificate"
      When the death certificate arrives on 2017-08-28
      Then it is accepted
      And the payment is due on 2017-10-15

    Scenario: Several particulars are decided at once
      Half of $10,000 is $5,000; a month's interest on it $14.58.
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the papers leave open who owned the notes at death
      And request "A" is received on 2017-08-01
      When a person lets the request go on, on 2017-08-07, with:
        | ownership at death       | yes               |
        | registration             | tenants in common |
        | relation of the co-owner | no                |
        | share of the deceased    | 1/2               |
      Then it is accepted
      And $5,000 is accepted
      And $5,000 is not accepted
      And $5,014.58 is paid on 2017-09-15

    Scenario: A request without any question goes on as it stood
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      When a person lets the request go on, on 2017-08-07
      Then it is accepted
      And "stands as accepted" is found, because "$10,000 accepted before and not paid yet stands."
      And $0 is accepted
      And request "A" stands accepted for $10,000

    Scenario: A person rejects what was accepted and not paid
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      When a person rejects the request on 2017-08-07
      Then it is rejected
      And $10,000 is taken back
      And request "A" stands accepted for $0
      When it is asked on 2017-09-15 what is due to survivors of note 02006DLF6 on 2017-09-15
      Then it is rejected
      And "nothing is due" is found

    Scenario: A person rejects what is left of a request that was paid in part
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And request "A" is repaid $4,000 due on 2017-09-15
      When a person rejects the request on 2017-09-18
      Then it is rejected
      And $6,000 is taken back
      And $6,000 is not accepted
      And request "A" stands accepted for $4,000

    Scenario Outline: A request that was <ended>
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the owner died on 2019-06-10
      And request "A" is received on <asked>
      And <event>
      When a person lets the request go on, on 2019-12-20
      Then it is rejected
      And "request is finished" is found, because "The request is <ended>."
      When a person rejects the request on 2019-12-23
      Then it is rejected
      And "request is finished" is found

      Examples:
        | ended   | asked      | event                                                              |
        | paid    | 2019-11-01 | request "A" is repaid $10,000 due on 2019-12-15 only on 2019-12-16 |
        | matured | 2019-11-01 | note 02006DLF6 matures on 2019-12-15 and is paid on 2019-12-16     |

    Scenario: A request nobody made
      Given a complete request "A" for $10,000 of note 02006DLF6
      When a person lets the request go on, on 2017-08-07
      Then it is referred
      And "request not known" is found

    Scenario: The note was called meanwhile, and leaves the request no time
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the papers leave open who owned the notes at death
      And request "A" is received on 2017-12-27
      And a call at par of all of note 02006DLF6 for 2018-03-15
      And notice of it is given on 2018-01-02
      When a person lets the request go on, on 2018-02-20
      Then it is rejected
      And "note is called" is found

    Scenario: The note was called meanwhile, and leaves the request time enough
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the papers leave open who owned the notes at death
      And request "A" is received on 2017-12-27
      And a call at par of all of note 02006DLF6 for 2018-03-15
      And notice of it is given on 2018-01-02
      When a person lets the request go on, on 2018-02-15
      Then it is accepted
      And the payment is due on 2018-02-15

    Scenario: The note matured meanwhile
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the owner died on 2019-06-10
      And the papers leave open who owned the notes at death
      And request "A" is received on 2019-11-01
      When a person lets the request go on, on 2019-12-15
      Then it is rejected
      And "note has matured" is found

    Scenario: Years were opened meanwhile: each year's limit counts for what the one before kept out
      Given the programme is ally/term-notes-a
      And the issuer elected the individual limit for 2017
      And the issuer elected the individual limit for 2018
      And the issuer elected the individual limit for 2019
      And a complete request "A" for $600,000 of note 02006DLG4
      And the papers leave open who owned the notes at death
      And request "A" is received on 2017-08-01
      And the year 2018 is opened
      And the year 2019 is opened
      When a person lets the request go on, on 2019-02-01
      Then it is accepted
      And $250,000 is accepted
      And $350,000 is carried over
      And the payment is due on 2019-02-15
      And the requests answered again are "A", then "A"
      And request "A" stands accepted for $600,000

  Rule: What is told otherwise waits for a person, who says which stands

    Scenario: Two days of death: the next paper does not make the dispute vanish
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the death certificate is missing
      And request "A" is received on 2017-08-01
      When it is reported on 2017-08-07 that the day of death is 2016-07-01
      Then it is referred
      And "told otherwise" is found, because:
        """
        `occurred_on` was reported as 2017-06-10 and then as 2016-07-01; a person has to say which is
        right.
        """
      And a person is asked about the day of death: 2017-06-10 or 2016-07-01
      When the death certificate arrives on 2017-08-08
      Then it is referred
      And a person is asked about the day of death: 2017-06-10 or 2016-07-01
      And nothing is paid

    Scenario: The first one stands where a person lets the request go on without saying more
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the death certificate is missing
      And request "A" is received on 2017-08-01
      And it is reported on 2017-08-07 that the day of death is 2016-07-01
      And the death certificate arrives on 2017-08-08
      When a person lets the request go on, on 2017-08-20
      Then it is accepted
      And the payment is due on 2017-09-15

    Scenario: A person says that the second one stands
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the death certificate is missing
      And request "A" is received on 2017-08-01
      And it is reported on 2017-08-07 that the day of death is 2017-07-20
      And the death certificate arrives on 2017-08-08
      When a person decides on 2017-08-20 that the day of death is 2017-07-20
      Then it is accepted
      And the payment is due on 2017-09-15

    Scenario: The same day again contradicts nothing
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the death certificate is missing
      And request "A" is received on 2017-08-01
      When it is reported on 2017-08-07 that the day of death is 2017-06-10
      Then it is pended
      And a person is asked about nothing

    Scenario: What comes again after a person has decided is asked again
      Given a complete request "A" for $10,000 of note 02006DLG4
      And request "A" is received on 2017-08-01
      And it is reported on 2017-08-07 that the day of death is 2017-07-20
      And a person lets the request go on, on 2017-08-08
      When it is reported on 2017-08-09 that the day of death is 2017-07-21
      Then it is referred
      And a person is asked about the day of death: 2017-06-10 or 2017-07-21

  Rule: What is learnt after acceptance stops the payment

    Scenario Outline: The <particular> was told otherwise: <later>
      Given a complete request "A" for $25,000 of note 02006DLF6
      And the notes stand in account "broker-1"
      And request "A" is received on 2017-08-01
      When it is reported on 2017-08-20 that the <particular> is <later>
      Then it is referred
      And "told otherwise" is found
      And a person is asked about the <particular>: <first> or <later>
      And no request is answered again
      When it is asked on 2017-09-15 what is due to survivors of note 02006DLF6 on 2017-09-15
      Then it is referred
      And "payment stopped" is found
      And nothing is paid

      Examples: Whether or not it would change the answer is for the person to see
        | particular                    | first            | later         |
        | ownership at death            | yes              | no            |
        | ownership at death            | yes              | in doubt      |
        | day acquired                  | 2016-12-01       | 2017-05-20    |
        | day of death                  | 2017-06-10       | 2017-06-09    |
        | registration                  | sole owner       | joint tenants |
        | capacity of the person asking | executor         | administrator |
        | account the notes stand in    | deceased account | transferred   |
        | trigger                       | death            | hardship      |
        | owner                         | owner of A       | owner 2       |
        | account                       | broker-1         | broker-2      |

    Scenario: The position was told otherwise
      Given a complete request "A" for $25,000 of note 02006DLF6
      And the position is $30,000
      And request "A" is received on 2017-08-01
      When it is reported on 2017-08-20 that the position is $25,500
      Then it is referred
      And a person is asked about the position: $30,000 or $25,500
      When a person decides on 2017-08-21 that the position is $25,500
      Then it is rejected
      And "leaves too little" is found
      And $25,000 is taken back

    Scenario: A person finds that the first word was right, in time
      Given a complete request "A" for $25,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And it is reported on 2017-08-20 that the ownership at death is no
      When a person decides on 2017-09-14 that the ownership at death is yes
      Then it is accepted
      And "stands as accepted" is found
      And $25,072.92 is paid on 2017-09-15
      And request "A" stands accepted for $25,000
      When request "A" is repaid $25,000 due on 2017-09-15
      Then it is recorded

    Scenario: A person finds that the first word was right, after the day of payment
      Given a complete request "A" for $25,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And it is reported on 2017-08-20 that the ownership at death is no
      When a person lets the request go on, on 2017-09-18
      Then it is accepted
      And the payment is due on 2017-10-15
      And "repayment is late" is found

    Scenario: A person finds that the second word was right
      Given a complete request "A" for $25,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And it is reported on 2017-08-20 that the day acquired is 2017-05-20
      When a person decides on 2017-08-28 that the day acquired is 2017-05-20
      Then it is rejected
      And "held too briefly" is found
      And $25,000 is taken back
      And request "A" stands accepted for $0

    Scenario: A share that was not told before: less stands accepted, and the rest is taken back
      Given a complete request "A" for $10,000 of note 02006DLG4
      And request "A" is received on 2017-08-01
      And it is reported on 2017-08-20 that the registration is tenants in common
      When a person lets the request go on, on 2017-08-28, with:
        | registration             | tenants in common |
        | relation of the co-owner | no                |
        | share of the deceased    | 1/2               |
      Then it is accepted
      And $5,000 is taken back
      And $5,000 is not accepted
      And $5,017.71 is paid on 2017-09-15
      And request "A" stands accepted for $5,000

    Scenario: What comes is new and changes nothing: it is kept
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      When it is reported on 2017-08-20 that the share of the deceased is 1/2
      Then it is recorded
      And "particulars kept" is found
      When it is asked on 2017-09-15 what is due to survivors of note 02006DLF6 on 2017-09-15
      Then $10,000 of principal is due

    Scenario: What comes is new and would have changed the answer
      The account that is named now is one of which another owner's request was accepted for all there is.
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the notes stand in account "joint"
      And request "A" is received on 2017-08-01
      And a complete request "B" for $10,000 of note 02006DLF6
      And request "B" is received on 2017-08-02
      When it is reported on 2017-08-20 that the account is joint
      Then it is referred
      And "changes the answer" is found, because:
        """
        By what came now the answer would be rejected: position already tendered, not $10,000 accepted;
        a person has to decide.
        """
      When it is asked on 2017-09-15 what is due to survivors of note 02006DLF6 on 2017-09-15
      Then it is accepted
      And request "A" is due $10,000 of it
      And request "B" is due nothing of it
      When request "B" is taken in hand
      And a person lets the request go on, on 2017-09-18
      Then it is rejected
      And $10,000 is taken back

    Scenario: The room under the limit is kept until a person decides
      Given the programme is ally/term-notes-a
      And the issuer elected the individual limit for 2017
      And a complete request "A" for $250,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And it is reported on 2017-08-05 that the ownership at death is no
      And a complete request "B" for $1,000 of note 02006DLG4
      And it is of the same owner as request "A"
      When request "B" is received on 2017-08-06
      Then it is carried over
      When request "A" is taken in hand
      And a person rejects the request on 2017-08-10
      Then $250,000 is taken back
      Given a complete request "C" for $250,000 of note 02006DLG4
      And it is of the same owner as request "A"
      And the notes stand in account "broker-2"
      And the position is $500,000
      When request "C" is received on 2017-08-11
      Then it is accepted
      And $250,000 is accepted

    Scenario: The room under the next year's limit is kept too, in the order first tendered
      Given the programme is ally/term-notes-a
      And the issuer elected the annual limit for 2017
      And the issuer elected the annual limit for 2018
      And the principal outstanding at 2016-12-31 was reported as $85,000,000 on 2017-01-20
      And the principal outstanding at 2017-12-31 was reported as $85,000,000 on 2018-01-01
      And a complete request "first" for $2,500,000 of note 02006DLG4
      And request "first" is received on 2017-08-01
      And a complete request "A" for $1,000,000 of note 02006DLF6
      And request "A" is received on 2017-08-02
      And a complete request "B" for $2,500,000 of note 02006DLF6
      And request "B" is received on 2017-08-03
      And request "A" is taken in hand
      And it is reported on 2017-10-02 that the ownership at death is no
      When the year 2018 is opened
      Then the requests answered again are "first", then "A", then "B"
      And request "first" is answered again
      And $500,000 is accepted
      And request "A" is answered again
      And it is referred
      And request "B" is answered again
      And $500,000 is accepted
      And $2,000,000 is carried over
      Given request "A" is taken in hand
      When a person lets the request go on, on 2018-01-08
      Then request "A" stands accepted for $1,000,000

    Scenario: What waits for the next year waits for the person too
      Given the programme is ally/term-notes-a
      And the issuer elected the individual limit for 2017
      And the issuer elected the individual limit for 2018
      And a complete request "A" for $300,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And request "A" is repaid $250,000 due on 2017-09-15
      And it is reported on 2017-10-02 that the ownership at death is no
      When the year 2018 is opened
      Then request "A" is answered again
      And it is referred
      When a person lets the request go on, on 2018-01-08
      Then it is carried over
      And request "A" is answered again
      And it is accepted
      And $50,000 is accepted
      And the payment is due on 2018-02-15
      And request "A" stands accepted for $300,000

  Rule: What is learnt after the payment is recorded, and changes nothing

    Scenario Outline: The <particular> was told otherwise after the payment: <later>
      Given a complete request "A" for $10,000 of note <note>
      And request "A" is received on 2017-08-01
      And request "A" is repaid $10,000 due on 2017-09-15
      When it is reported on 2017-09-20 that the <particular> is <later>
      Then it is recorded
      And "learnt after payment" is found, because:
        """
        The request is paid. Had this come before, it would have been rejected (<rule>); the payment
        stands, and a person has to see to it.
        """
      And "told otherwise" is found
      And a person is asked about nothing
      And request "A" stands accepted for $10,000

      Examples:
        | note      | particular                 | later       | rule                          |
        | 02006DLF6 | ownership at death         | no          | not beneficial owner at death |
        | 02006DLF6 | day acquired               | 2017-05-20  | held too briefly              |
        | 02006DLG4 | account the notes stand in | transferred | position transferred away     |

    Scenario: It would have been accepted for less
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the co-owner was not the spouse
      And the share of the deceased was 1/2
      And request "A" is received on 2017-08-01
      And request "A" is repaid $10,000 due on 2017-09-15
      When it is reported on 2017-09-20 that the registration is tenants in common
      Then it is recorded
      And "learnt after payment" is found, because:
        """
        The request is paid. Had this come before, it would have been accepted for $5,000; the payment
        stands, and a person has to see to it.
        """

    Scenario: It would have been accepted all the same
      Given a complete request "A" for $10,000 of note 02006DLG4
      And request "A" is received on 2017-08-01
      And request "A" is repaid $10,000 due on 2017-09-15
      When it is reported on 2017-09-20 that the day acquired is 2016-12-02
      Then it is recorded
      And "learnt after payment" is found, because:
        """
        The request is paid. Had this come before, it would have been accepted all the same; the payment
        stands.
        """
      And "told otherwise" is found

    Scenario: A paper that comes after the payment is kept
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And request "A" is repaid $10,000 due on 2017-09-15
      When the tax waiver arrives on 2017-09-18
      Then it is recorded
      And "papers kept" is found
      And "learnt after payment" is not found
