Feature: Survivor's option: the life of a request
  Every event is answered once, and every answer stands. Further papers are taken in while a request
  waits; a call of the whole note or its maturity ends what they leave no time to repay.

  A complete request is that of the executor of a sole owner who acquired the notes on 2016-12-01 and
  died on 2017-06-10. It asks for the whole position, which stands in the deceased's account, and
  every paper is enclosed: death certificate, letters of authority, proof of ownership, repayment
  request and signature guarantee. Each scenario says only what is different, and what matters.

  Scenario: Four things wrong at once: one decision, four findings, each with its clause
    Given a complete request for $2,500 of note 02006DLF6
    And the notes were acquired on 2017-04-01
    And the person asking is an attorney in fact
    And the notes have been transferred to an heir
    When the request is received on 2017-09-11
    Then it is rejected
    And these are found, each with its clause:
      | found                            | clause                                       |
      | power of attorney ended at death | Survivor's option, authorized representative |
      | position transferred away        | Survivor's option, beneficial owner          |
      | held too briefly                 | Survivor's option, holding period            |
      | not in whole multiples           | Survivor's option, amounts                   |
    And it accuses nobody

  Scenario: What a person must look at comes before what is rejected and what is missing
    Given a complete request for $2,500 of note 02006DLF6
    And the papers leave open who owned the notes at death
    And the death certificate is missing
    When the request is received on 2017-08-01
    Then it is referred
    And these are found, each with its clause:
      | found                  | clause                              |
      | ownership in doubt     | Survivor's option, beneficial owner |
      | not in whole multiples | Survivor's option, amounts          |
      | proof of death         | Survivor's option, evidence         |

  Scenario: The same event received twice is answered once
    Given a complete request for $25,000 of note 02006DLF6
    And the request is received on 2017-08-01
    When the same event is received once more
    Then it gives the same answer as before

  Scenario: The same papers received twice are answered once
    Given a complete request for $25,000 of note 02006DLF6
    And the death certificate is missing
    And the request is received on 2017-08-01
    And the death certificate arrives on 2017-08-10
    When the same event is received once more
    Then it gives the same answer as before
    And it is accepted

  Scenario: The year's opening received twice accepts nothing twice
    Given the programme is ally/term-notes-a
    And the issuer elected the individual limit for 2017
    And a complete request "A" for $300,000 of note 02006DLF6
    And request "A" is received on 2017-08-01
    And the issuer elected the individual limit for 2018
    And the year 2018 is opened
    When the same event is received once more
    Then it gives the same answer as before
    And request "A" is answered again
    And $50,000 is accepted

  Scenario: Another event makes a request of the same id
    Given a complete request "A" for $25,000 of note 02006DLF6
    And request "A" is received on 2017-08-01
    When request "A" is received on 2017-08-02
    Then it is referred
    And "request id used before" is found

  Scenario: A request put in after others were decided says so
    Given a complete request "A" for $25,000 of note 02006DLF6
    And request "A" is received on 2017-08-02
    And a complete request "B" for $25,000 of note 02006DLF6
    When request "B" is received on 2017-08-01
    Then it is accepted
    And "dated before latest" is found

  Scenario: A request put in on the same day does not
    Given a complete request "A" for $25,000 of note 02006DLF6
    And request "A" is received on 2017-08-02
    And a complete request "B" for $25,000 of note 02006DLF6
    When request "B" is received on 2017-08-02
    Then it is accepted
    And "dated before latest" is not found

  Scenario: Papers for an accepted request are kept
    Given a complete request for $25,000 of note 02006DLF6
    And the request is received on 2017-08-01
    When the tax waiver arrives on 2017-08-10
    Then it is recorded
    And "papers kept" is found

  Scenario: Papers for a rejected request do not open it again
    Given a complete request for $25,500 of note 02006DLF6
    And the request is received on 2017-08-01
    When the tax waiver arrives on 2017-08-10
    Then it is rejected
    And "request is finished" is found

  Scenario: Papers for a request that has been repaid do not open it again
    Given a complete request "A" for $25,000 of note 02006DLF6
    And request "A" is received on 2017-08-01
    And request "A" is repaid $25,000 due on 2017-09-15
    When the tax waiver arrives on 2017-09-18
    Then it is recorded
    And "papers kept" is found, because "The request is paid; the papers are kept with it and change nothing."

  Scenario: Papers for a request nobody made
    Given a complete request "A" for $25,000 of note 02006DLF6
    When the death certificate arrives on 2017-08-10
    Then it is referred
    And "request not known" is found

  Scenario: The note is called for after the repayment is due: it is paid first
    Given a complete request "A" for $25,000 of note 02006DLF6
    And request "A" is received on 2017-12-27
    And a call at par of all of note 02006DLF6 for 2018-03-15
    When notice of it is given on 2017-12-28
    Then it is accepted
    And no request is answered again

  Scenario: The note is called for the day the repayment is due: it is redeemed with the note
    Given a complete request "A" for $25,000 of note 02006DLF6
    And request "A" is received on 2017-12-27
    And a call at par of all of note 02006DLF6 for 2018-02-15
    When notice of it is given on 2017-12-28
    Then it is accepted
    And request "A" is answered again
    And it is recorded
    And "redeemed with the note" is found
    And nothing is paid

  Scenario: A call leaves a waiting request no time
    Given a complete request "A" for $25,000 of note 02006DLF6
    And the death certificate is missing
    And request "A" is received on 2017-12-01
    And a call at par of all of note 02006DLF6 for 2018-01-15
    When notice of it is given on 2017-12-10
    Then request "A" is answered again
    And it is rejected
    And "note is called" is found

  Scenario: A call leaves a waiting request time enough
    Given a complete request "A" for $25,000 of note 02006DLF6
    And the death certificate is missing
    And request "A" is received on 2017-12-01
    And a call at par of all of note 02006DLF6 for 2018-02-15
    When notice of it is given on 2017-12-10
    Then no request is answered again

  Scenario: A call ends what was carried over into the next year
    Given the programme is ally/term-notes-a
    And the issuer elected the individual limit for 2017
    And a complete request "A" for $300,000 of note 02006DLF6
    And request "A" is received on 2017-08-01
    And a call at par of all of note 02006DLF6 for 2018-01-15
    When notice of it is given on 2017-12-10
    Then request "A" is answered again
    And it is rejected
    And $50,000 is not accepted

  Scenario: Maturity ends a request that still waits, once it is paid and not when it is asked about
    Given a complete request "A" for $25,000 of note 02006DLF6
    And the owner died on 2019-06-10
    And the death certificate is missing
    And request "A" is received on 2019-11-01
    When the maturity payment on $25,000 of note 02006DLF6 falls due on 2019-12-15
    Then it is accepted
    And $25,072.92 is paid on 2019-12-16
    And no request is answered again
    When note 02006DLF6 matures and is paid on 2019-12-15
    Then it is recorded
    And request "A" is answered again
    And it is recorded
    And "paid at maturity" is found

  Scenario: What a request left out is told later, and completes it on that day
    Given a complete request for $25,000 of note 02006DLF6
    And the day acquired is not given
    And the request is received on 2017-08-01
    When it is told on 2017-09-01 that the notes were acquired on 2016-12-01
    Then it is accepted
    And the payment is due on 2017-10-15

  Scenario: What is told later may also stand against the request
    Given a complete request for $25,000 of note 02006DLF6
    And the day acquired is not given
    And the request is received on 2017-08-01
    When it is told on 2017-09-01 that the notes were acquired on 2017-02-02
    Then it is rejected
    And "held too briefly" is found

  Scenario: What a request told already is not changed by telling it otherwise
    Given a complete request for $25,000 of note 02006DLF6
    And the death certificate is missing
    And the request is received on 2017-08-01
    When it is told on 2017-09-01 that the notes were acquired on 2016-12-02
    Then it is referred
    And "told otherwise" is found

  Scenario: What is told of a request that was rejected does not open it again
    Given a complete request for $2,500 of note 02006DLF6
    And the request is received on 2017-08-01
    When it is told on 2017-09-01 that the notes were acquired on 2016-12-01
    Then it is rejected
    And "request is finished" is found
