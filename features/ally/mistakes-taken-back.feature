Feature: An event entered by mistake is taken back
  Whoever enters an event by mistake takes it back by its id. Everything then stands as if it had not
  come: what it kept out or let in is decided again, first tendered first, and answered where the answer
  is another one. What was paid in between is not changed; a person has to see to it. The event, who
  took it back and why stay on record, and a taking back cannot be taken back.

  A complete request is that of the executor of a sole owner who acquired the notes on 2016-12-01 and
  died on 2017-06-10. It asks for the whole position, which stands in the deceased's account, and
  every paper is enclosed: death certificate, letters of authority, proof of ownership, repayment
  request and signature guarantee. Each scenario says only what is different, and what matters.

  Background:
    Given the programme is ally/term-notes-a

  Rule: A request

    Scenario: The wrong owner was entered: the position and the limit are free again
      Given the issuer elected the individual limit for 2017
      And a complete request "A" for $250,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      When the event that made request "A" is taken back on 2017-08-03
      Then it is recorded
      And "event voided" is found, because:
        """
        Event `event 2` (survivor's option, of 2017-08-01) is taken back by `desk-7`: looked at the
        papers.
        """
      When it is asked on 2017-09-15 what is due to survivors of note 02006DLF6 on 2017-09-15
      Then it is rejected
      And "nothing is due" is found
      Given a complete request "B" for $250,000 of note 02006DLF6
      And it is of the same owner as request "A"
      When request "B" is received on 2017-09-18
      Then it is accepted
      And $250,000 is accepted

    Scenario: Its id is free again
      Given a complete request "A" for $25,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And the event that made request "A" is taken back on 2017-08-03
      When request "A" is received on 2017-08-27
      Then it is accepted
      And the payment is due on 2017-10-15

    Scenario: What it kept out is let in, first tendered first
      Given the issuer elected the annual limit for 2017
      And the principal outstanding at 2016-12-31 was reported as $85,000,000 on 2017-01-20
      And a complete request "A" for $1,500,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And a complete request "B" for $1,000,000 of note 02006DLF6
      And request "B" is received on 2017-08-02
      And a complete request "C" for $2,000,000 of note 02006DLG4
      And request "C" is received on 2017-08-03
      When the event that made request "A" is taken back on 2017-08-07
      Then it is recorded
      And the requests answered again are "B", then "C"
      And request "B" is answered again
      And $500,000 is accepted
      And the payment is due on 2017-09-15
      And request "C" is answered again
      And $1,000,000 is accepted
      And $1,000,000 is carried over
      And request "B" stands accepted for $1,000,000
      And request "C" stands accepted for $1,000,000

    Scenario: A request for the same position that it had rejected is accepted
      Given a complete request "A" for $15,000 of note 02006DLF6
      And the position is $25,000
      And request "A" is received on 2017-08-01
      And a complete request "B" for $11,000 of note 02006DLF6
      And the position is $25,000
      And it is of the same owner as request "A"
      When request "B" is received on 2017-08-02
      Then it is rejected
      When the event that made request "A" is taken back on 2017-08-03
      Then request "B" is answered again
      And it is accepted
      And $11,000 is accepted
      And the payment is due on 2017-09-15

    Scenario: What it had said of the position is no longer believed, and nobody is asked about it
      Given a complete request "A" for $10,000 of note 02006DLG4
      And the position is $30,000
      And request "A" is received on 2017-08-01
      And a complete request "B" for $20,000 of note 02006DLG4
      And the position is $40,000
      And it is of the same owner as request "A"
      When request "B" is received on 2017-08-02
      Then it is referred
      And a person is asked about "position contradicted"
      When the event that made request "A" is taken back on 2017-08-03
      Then request "B" is answered again
      And it is accepted
      And a person is asked about nothing

    Scenario: Nor about an account that was not named
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And a complete request "B" for $10,000 of note 02006DLF6
      And it is of the same owner as request "A"
      And the notes stand in account "broker-1"
      When request "B" is received on 2017-08-02
      Then it is referred
      When the event that made request "A" is taken back on 2017-08-03
      Then request "B" is answered again
      And it is accepted

    Scenario: It has been paid: the payment has to come back first
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And request "A" is repaid $10,000 due on 2017-09-15
      When the event that made request "A" is taken back on 2017-09-18
      Then it is referred
      And "cannot be voided" is found, because:
        """
        $10,000 of the request has been paid: void it once that came back.
        """
      When $10,000 of what request "A" was paid for 2017-09-15 comes back on 2017-09-20
      Then it is recorded
      When the event that made request "A" is taken back on 2017-09-21
      Then it is recorded

    Scenario Outline: <paid> of $10,000 has been paid, and <back> came back
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And request "A" is repaid <paid> due on 2017-09-15
      And <back> of what request "A" was paid for 2017-09-15 comes back on 2017-09-20
      When the event that made request "A" is taken back on 2017-09-21
      Then it is <outcome>

      Examples: A cent that stays paid is enough
        | paid    | back      | outcome  |
        | $4,000  | $3,999.99 | referred |
        | $4,000  | $4,000    | recorded |
        | $10,000 | $9,999.99 | referred |

  Rule: Papers and particulars

    Scenario: The paper that completed a request
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the death certificate is missing
      And request "A" is received on 2017-08-01
      And the death certificate arrives on 2017-08-10
      When the last event is taken back on 2017-08-11
      Then it is recorded
      And request "A" is answered again
      And it is pended
      And $10,000 is taken back
      And it waits only for "death certificate"
      When the death certificate arrives on 2017-08-27
      Then it is accepted
      And the payment is due on 2017-10-15
      And request "A" stands accepted for $10,000

    Scenario: A paper that changed nothing
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And the tax waiver arrives on 2017-08-10
      When the last event is taken back on 2017-08-11
      Then it is recorded
      And no request is answered again

    Scenario: The particular that stopped a payment
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And it is reported on 2017-08-20 that the ownership at death is no
      When the last event is taken back on 2017-08-22
      Then it is recorded
      And request "A" is answered again
      And it is accepted
      And a person is asked about nothing
      And request "A" stands accepted for $10,000
      When it is asked on 2017-09-15 what is due to request "A" on 2017-09-15
      Then $10,000 of principal is due

    Scenario: Another event says the same: the payment stays stopped until that is taken back too
      Given a complete request "A" for $10,000 of note 02006DLG4
      And request "A" is received on 2017-08-01
      And it is reported on 2017-08-20 that the ownership at death is no
      And it is reported on 2017-08-21 that the ownership at death is no
      When event 2 is taken back on 2017-08-22
      Then it is recorded
      And no request is answered again
      When it is asked on 2017-09-15 what is due to request "A" on 2017-09-15
      Then it is referred
      When event 3 is taken back on 2017-09-15
      Then request "A" is answered again
      And it is accepted
      And request "A" stands accepted for $10,000

    Scenario: The particular that a rule asked a person about
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the ownership at death is not given
      And request "A" is received on 2017-08-01
      And it is reported on 2017-08-02 that the ownership at death is in doubt
      When the last event is taken back on 2017-08-03
      Then request "A" is answered again
      And it is pended
      And it waits for "owner_at_death"
      When it is reported on 2017-08-04 that the ownership at death is yes
      Then it is accepted

    Scenario: The particular that rejected a request
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the day acquired is not given
      And request "A" is received on 2017-08-01
      And it is told on 2017-08-07 that the notes were acquired on 2017-05-20
      When the last event is taken back on 2017-08-08
      Then request "A" is answered again
      And it is pended
      And it waits only for "acquired_on"
      When it is told on 2017-08-09 that the notes were acquired on 2016-12-01
      Then it is accepted
      And the payment is due on 2017-09-15

  Rule: What a person decided, and what the issuer waived

    Scenario: A person let the request go on by mistake: the question is open again
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the papers leave open who owned the notes at death
      And request "A" is received on 2017-08-01
      And a person lets the request go on, on 2017-08-10
      When the last event is taken back on 2017-08-11
      Then it is recorded
      And request "A" is answered again
      And it is referred
      And $10,000 is taken back
      And a person is asked about "ownership in doubt"
      When a person lets the request go on, on 2017-08-14
      Then it is accepted
      And request "A" stands accepted for $10,000

    Scenario: A person found too early that the first word was right: the payment is stopped again
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And it is reported on 2017-08-20 that the ownership at death is no
      And a person lets the request go on, on 2017-08-21
      When the last event is taken back on 2017-08-22
      Then request "A" is answered again
      And it is referred
      And a person is asked about the ownership at death: yes or no
      And request "A" stands accepted for $10,000
      When it is asked on 2017-09-15 what is due to request "A" on 2017-09-15
      Then it is referred
      And "payment stopped" is found

    Scenario: A person rejected the wrong request
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And a person rejects the request on 2017-08-10
      When the last event is taken back on 2017-08-11
      Then request "A" is answered again
      And it is accepted
      And $10,000 is accepted
      And the payment is due on 2017-09-15
      And request "A" stands accepted for $10,000

    Scenario: A person rejected the wrong request, whose payment was stopped
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And it is reported on 2017-08-05 that the ownership at death is no
      And a person rejects the request on 2017-08-10
      When the last event is taken back on 2017-08-11
      Then request "A" is answered again
      And it is referred
      And $10,000 is accepted
      And a person is asked about the ownership at death: yes or no
      And request "A" stands accepted for $10,000
      When a person rejects the request on 2017-08-14
      Then $10,000 is taken back
      And request "A" stands accepted for $0

    Scenario: A person rejected the wrong request, which had a question
      Given a complete request "A" for $10,000 of note 02006DLG4
      And the papers leave open who owned the notes at death
      And request "A" is received on 2017-08-01
      And a person rejects the request on 2017-08-10
      When the last event is taken back on 2017-08-11
      Then request "A" is answered again
      And it is referred
      And a person is asked about "ownership in doubt"

    Scenario: The wrong request was allowed more than the limit
      Given the issuer elected the individual limit for 2017
      And a complete request "A" for $300,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And the issuer allows the request $300,000 under the individual limit on 2017-08-10
      When the last event is taken back on 2017-08-11
      Then request "A" is answered again
      And it is accepted
      And $50,000 is taken back
      And $50,000 is carried over
      And $250,729.17 is paid on 2017-09-15
      And request "A" stands accepted for $250,000

    Scenario: A refused withdrawal changed nothing, nor does taking it back
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And withdrawal of the request is asked for on 2017-08-02
      When the last event is taken back on 2017-08-03
      Then it is recorded
      And no request is answered again

  Rule: Payments and what came back

    Scenario: A payment that was not made
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And request "A" is repaid $10,000 due on 2017-09-15
      When the last event is taken back on 2017-09-18
      Then it is recorded
      When it is asked on 2017-09-18 what is due to survivors of note 02006DLF6 on 2017-09-15
      Then it is accepted
      And $10,000 of principal is due
      When request "A" is repaid $10,000 due on 2017-09-15 only on 2017-09-18
      Then it is recorded

    Scenario: A return that did not happen
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And request "A" is repaid $10,000 due on 2017-09-15
      And $10,000 of what request "A" was paid for 2017-09-15 comes back on 2017-09-18
      When the last event is taken back on 2017-09-19
      Then it is recorded
      When request "A" is repaid $10,000 due on 2017-09-15 only on 2017-09-20
      Then it is referred
      And "already paid" is found

    Scenario: A payment that came back is not taken back before its return
      Given a complete request "A" for $10,000 of note 02006DLG4
      And request "A" is received on 2017-08-01
      And request "A" is repaid $10,000 due on 2017-09-15
      And $10,000 of what request "A" was paid for 2017-09-15 comes back on 2017-09-18
      When event 2 is taken back on 2017-09-19
      Then it is referred
      And "cannot be voided" is found, because "What was paid has come back since: void that first."

    Scenario: A return is not taken back after what came back was paid again
      Given a complete request "A" for $10,000 of note 02006DLG4
      And request "A" is received on 2017-08-01
      And request "A" is repaid $10,000 due on 2017-09-15
      And $10,000 of what request "A" was paid for 2017-09-15 comes back on 2017-09-18
      And request "A" is repaid $10,000 due on 2017-09-15 only on 2017-09-19
      When event 3 is taken back on 2017-09-20
      Then it is referred
      And "cannot be voided" is found, because "What came back has been paid again since: void that first."

    Scenario: The maturity was reported as paid before it was
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the owner died on 2019-06-10
      And request "A" is received on 2019-11-26
      And note 02006DLF6 matures on 2019-12-15 and is paid on 2019-12-16
      When the last event is taken back on 2019-12-16
      Then it is recorded
      And request "A" is answered again
      And "brought back" is found
      When request "A" is repaid $10,000 due on 2019-12-15 only on 2019-12-16
      Then it is recorded

    Scenario: A redemption of the whole note was reported as paid before it was
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-12-27
      And a call at par of all of note 02006DLF6 for 2018-02-15
      And notice of it is given on 2017-12-28
      And note 02006DLF6 is redeemed and paid on 2018-02-15
      When the last event is taken back on 2018-02-16
      Then request "A" is answered again
      And "brought back" is found
      When note 02006DLF6 is redeemed for 2018-02-15 and paid on 2018-02-16
      Then it is recorded
      And request "A" is answered again
      And "redeemed and paid" is found

    Scenario: A question about payments changed nothing, nor does taking it back
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And it is asked on 2017-09-15 what is due to request "A" on 2017-09-15
      When the last event is taken back on 2017-09-15
      Then it is recorded
      And no request is answered again

  Rule: Calls, what was taken back of them, and lots

    Scenario: A call that stood in a repayment's way
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-12-27
      And a call at par of all of note 02006DLF6 for 2018-02-15
      And notice of it is given on 2017-12-28
      When the last event is taken back on 2018-01-02
      Then it is recorded
      And request "A" is answered again
      And "brought back" is found
      When it is asked on 2018-02-15 what is due to request "A" on 2018-02-15
      Then $10,000 of principal is due

    Scenario Outline: A call that had rejected a request is taken back on <day>
      Given a call at par of all of note 02006DLF6 for 2018-01-15
      And notice of it is given on 2017-11-20
      And a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-11-26
      When event 1 is taken back on <day>
      Then request "A" is answered again
      And it is accepted
      And the payment is due on <due>
      And "repayment is late" is <late>

      Examples: As of its own day, or on the first day still to come
        | day        | due        | late      |
        | 2017-11-28 | 2018-01-15 | not found |
        | 2018-01-15 | 2018-01-15 | not found |
        | 2018-01-16 | 2018-02-15 | found     |

    Scenario: What was called has been paid
      Given a call at par of $50,000 of note 02006DLF6 for 2017-12-15
      And notice of it is given on 2017-11-10
      And a lot of $5,000 is drawn on 2017-11-30 of the position of $25,000 of "owner-1"
      And $5,000 of the position of "owner-1" in note 02006DLF6 is redeemed and paid on 2017-12-15
      When event 1 is taken back on 2017-12-18
      Then it is referred
      And "cannot be voided" is found, because "What the notice called has been paid."
      When event 2 is taken back on 2017-12-18
      Then it is referred
      And "cannot be voided" is found, because "What the lot drew has been paid."
      When event 3 is taken back on 2017-12-18
      Then it is recorded
      When event 2 is taken back on 2017-12-18
      Then it is recorded
      When event 1 is taken back on 2017-12-18
      Then it is recorded

    Scenario: A notice's taking back was entered by mistake: the call stands again
      Given a complete request "A" for $10,000 of note 02006DLG4
      And request "A" is received on 2017-12-27
      And a call at par of all of note 02006DLG4 for 2018-02-15
      And the notice is conditional
      And notice of it is given on 2017-12-28
      And the notice is taken back on 2018-01-02
      When the last event is taken back on 2018-01-03
      Then it is recorded
      And request "A" is answered again
      And "redeemed with the note" is found
      And request "A" stands accepted for $10,000
      When it is asked on 2018-02-15 what is due to request "A" on 2018-02-15
      Then it is rejected
      And "redeemed with the note" is found

    Scenario: A lot that was not drawn gives back what it had cut
      Given a call at par of $50,000 of note 02006DLF6 for 2017-12-15
      And notice of it is given on 2017-11-10
      And a complete request "A" for $25,000 of note 02006DLF6
      And request "A" is received on 2017-12-04
      And a lot of $5,000 is drawn on 2017-12-08 of the position of $25,000 of "owner of A"
      When the last event is taken back on 2017-12-11
      Then it is recorded
      And request "A" is answered again
      And it is accepted
      And $5,000 is accepted
      And $25,072.92 is paid on 2018-01-16
      And request "A" stands accepted for $25,000

  Rule: Limits, their bases, and years

    Scenario: Limits that were not elected kept nothing out
      Given the issuer elected the individual limit for 2017
      And a complete request "A" for $300,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And a complete request "B" for $400,000 of note 02006DLG4
      And request "B" is received on 2017-08-02
      When event 1 is taken back on 2017-08-11
      Then the requests answered again are "A", then "B"
      And request "A" is answered again
      And $50,000 is accepted
      And request "B" is answered again
      And $150,000 is accepted
      And the payment is due on 2017-09-15

    Scenario: An owner who was allowed more by mistake
      Given the issuer elected the individual limit for 2017
      And the issuer elected the individual limit for 2017 on 2017-01-03 and allows owner "owner-1" $400,000
      And a complete request "A" for $300,000 of note 02006DLF6
      And the owner is "owner-1"
      And request "A" is received on 2017-08-01
      When event 2 is taken back on 2017-08-11
      Then request "A" is answered again
      And $50,000 is taken back
      And $50,000 is carried over
      And request "A" stands accepted for $250,000

    Scenario: An owner who was allowed more by mistake has been paid it
      Given the issuer elected the individual limit for 2017
      And the issuer elected the individual limit for 2017 on 2017-01-03 and allows owner "owner-1" $400,000
      And a complete request "A" for $300,000 of note 02006DLF6
      And the owner is "owner-1"
      And request "A" is received on 2017-08-01
      And request "A" is repaid $300,000 due on 2017-09-15
      When event 2 is taken back on 2017-09-18
      Then it is recorded
      And request "A" is answered again
      And it is referred
      And "paid meanwhile" is found, because:
        """
        $300,000 was paid of the request; without event `event 2` it would be accepted, for $250,000.
        """
      And request "A" stands accepted for $300,000

    Scenario: A base that was too high: what it let in waits for the right one
      Given the issuer elected the annual limit for 2017
      And the principal outstanding at 2016-12-31 was reported as $150,000,000 on 2017-01-20
      And a complete request "A" for $2,500,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      When event 2 is taken back on 2017-08-11
      Then request "A" is answered again
      And $500,000 is taken back
      And $500,000 is pended
      And it waits only for "outstanding principal at 2016-12-31"
      When the principal outstanding at 2016-12-31 is reported as $110,000,000 on 2017-08-14
      Then request "A" is answered again
      And $200,000 is accepted
      And $300,000 is carried over
      And request "A" stands accepted for $2,200,000

    Scenario: What it let in has been paid
      Given the issuer elected the annual limit for 2017
      And the principal outstanding at 2016-12-31 was reported as $150,000,000 on 2017-01-20
      And a complete request "A" for $2,500,000 of note 02006DLG4
      And request "A" is received on 2017-08-01
      And request "A" is repaid $2,500,000 due on 2017-09-15
      When event 2 is taken back on 2017-09-18
      Then it is recorded
      And request "A" is answered again
      And it is referred
      And "paid meanwhile" is found
      And request "A" stands accepted for $2,500,000

    Scenario: A year that was opened by mistake let nothing in
      Given the issuer elected the individual limit for 2017
      And the issuer elected the individual limit for 2018
      And a complete request "A" for $600,000 of note 02006DLF6
      And request "A" is received on 2017-11-06
      And request "A" is repaid $250,000 due on 2017-12-15
      And the year 2018 is opened on 2018-01-02
      When the last event is taken back on 2018-01-03
      Then request "A" is answered again
      And $250,000 is taken back
      And request "A" stands accepted for $250,000
      When the year 2018 is opened on 2018-01-04
      Then it is recorded
      And request "A" is answered again
      And $250,000 is accepted
      And $100,000 is carried over
      And request "A" stands accepted for $500,000

    Scenario: The second of two figures is taken in once the first is taken back
      Given the principal outstanding at 2017-12-31 was reported as $150,000,000 on 2018-01-02
      And event 1 is taken back on 2018-01-03
      When the principal outstanding at 2017-12-31 is reported as $140,000,000 on 2018-01-03
      Then it is recorded

  Rule: Positions, and notes declared due

    Scenario: A report that had stopped a payment
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the position is $30,000
      And request "A" is received on 2017-08-01
      And a complete request "B" for $20,000 of note 02006DLF6
      And the position is $30,000
      And it is of the same owner as request "A"
      And request "B" is received on 2017-08-02
      And the position of "owner of A" in note 02006DLF6 is reported as $25,000 at 2017-08-08
      When the last event is taken back on 2017-08-09
      Then it is recorded
      And request "B" is answered again
      And it is accepted
      And a person is asked about nothing
      When it is asked on 2017-09-15 what is due to survivors of note 02006DLF6 on 2017-09-15
      Then $30,000 of principal is due

    Scenario: A report that had left no room
      Given the position of "owner-1" in note 02006DLG4 is reported as $0 at 2017-07-31
      And a complete request "A" for $10,000 of note 02006DLG4
      And the owner is "owner-1"
      When request "A" is received on 2017-08-01
      Then it is rejected
      When event 1 is taken back on 2017-08-02
      Then request "A" is answered again
      And it is accepted
      And $10,000 is accepted

    Scenario: The notes were not declared due
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And the notes of the programme are declared due on 2017-08-10
      When the last event is taken back on 2017-08-11
      Then it is recorded
      And no request is answered again

  Rule: Not every event can be taken back

    Scenario: One that was taken back before
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And event 1 is taken back on 2017-08-02
      When event 1 is taken back on 2017-08-03
      Then it is referred
      And "cannot be voided" is found, because "Event `event 1` was voided already, by event `event 2`."

    Scenario: A taking back
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And event 1 is taken back on 2017-08-02
      When event 2 is taken back on 2017-08-03
      Then it is referred
      And "cannot be voided" is found, because:
        """
        A void, or a mended fault, cannot be voided: send the event again, under a new id.
        """

    Scenario: One that nobody sent
      When an event that nobody sent is taken back on 2017-08-03
      Then it is referred
      And "event not known" is found

    Scenario: One that was referred had changed nothing, nor does taking it back
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And request "A" is repaid $99,000 due on 2017-09-15
      When the last event is taken back on 2017-09-18
      Then it is recorded
      And no request is answered again
      When request "A" is repaid $10,000 due on 2017-09-15 only on 2017-09-18
      Then it is recorded

    Scenario: The same taking back, received twice, counts once
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the death certificate is missing
      And request "A" is received on 2017-08-01
      And the death certificate arrives on 2017-08-10
      And the last event is taken back on 2017-08-11
      When the same event is received once more
      Then it gives the same answer as before

    Scenario: No fault kept the event from being decided
      Given a complete request "A" for $10,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      When the fault that kept event 1 from being decided is said to be mended on 2017-08-02
      Then it is referred
      And "nothing to decide again" is found, because:
        """
        No fault of ours keeps event `event 1` from being decided.
        """
