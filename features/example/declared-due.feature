Feature: Notes declared due after an event of default
  The example programme is sold by nobody. The option of its notes of 2022 ends where the notes are declared
  due; what is not repaid by then is no longer repaid under it. Its older prospectuses say nothing of that.

  A complete request is that of the executor of a sole owner, with every paper. Here the owner acquired the
  notes on 2022-03-01 and died on 2023-06-10.

  Background:
    Given the programme is example/notes

  Scenario: What was accepted, what waits, and what comes later
    Given a complete request "accepted" for $10,000 of note XEXMP0110
    And the notes were acquired on 2022-03-01
    And the owner died on 2023-06-10
    And request "accepted" is received on 2023-08-01
    And a complete request "waiting" for $10,000 of note XEXMP0136
    And the notes were acquired on 2022-03-01
    And the owner died on 2023-06-10
    And the death certificate is missing
    And request "waiting" is received on 2023-08-02
    When the notes of the programme are declared due on 2023-08-10
    Then it is recorded
    And "notes accelerated" is found, because "The notes were declared due on 2023-08-10."
    And the requests answered again are "accepted", then "waiting"
    And request "accepted" is answered again
    And it is rejected
    And $10,000 is taken back
    And "notes were declared due" is found
    And request "accepted" stands accepted for $0
    When it is asked on 2023-09-15 what is due to survivors of note XEXMP0110 on 2023-09-15
    Then it is rejected
    Given a complete request "later" for $10,000 of note XEXMP0110
    And the notes were acquired on 2022-03-01
    And the owner died on 2023-06-10
    When request "later" is received on 2023-09-18
    Then it is rejected
    And "notes were declared due" is found

  Scenario: What was repaid before stays repaid
    Given a complete request "A" for $10,000 of note XEXMP0110
    And the notes were acquired on 2022-03-01
    And the owner died on 2023-06-10
    And request "A" is received on 2023-08-01
    And request "A" is repaid $10,000 due on 2023-09-15
    When the notes of the programme are declared due on 2023-09-18
    Then it is recorded
    And no request is answered again
    And request "A" stands accepted for $10,000

  Scenario: Of what was repaid in part the rest ends
    Given a complete request "A" for $10,000 of note XEXMP0110
    And the notes were acquired on 2022-03-01
    And the owner died on 2023-06-10
    And request "A" is received on 2023-08-01
    And request "A" is repaid $4,000 due on 2023-09-15
    When the notes of the programme are declared due on 2023-09-18
    Then request "A" is answered again
    And $6,000 is taken back
    And request "A" stands accepted for $4,000

  Scenario: One note is declared due, and the others go on
    Given a complete request "A" for $10,000 of note XEXMP0110
    And the notes were acquired on 2022-03-01
    And the owner died on 2023-06-10
    And request "A" is received on 2023-08-01
    And a complete request "B" for $10,000 of note XEXMP0136
    And the notes were acquired on 2022-03-01
    And the owner died on 2023-06-10
    And request "B" is received on 2023-08-02
    When note XEXMP0110 is declared due on 2023-08-10
    Then it is recorded
    And "notes accelerated" is found, because "Note XEXMP0110 was declared due on 2023-08-10."
    And the requests answered again are "A"
    And request "B" stands accepted for $10,000

  Scenario: It was a mistake: all of them go on as of their own days
    Given a complete request "A" for $10,000 of note XEXMP0110
    And the notes were acquired on 2022-03-01
    And the owner died on 2023-06-10
    And request "A" is received on 2023-08-01
    And the notes of the programme are declared due on 2023-08-10
    And a complete request "B" for $10,000 of note XEXMP0136
    And the notes were acquired on 2022-03-01
    And the owner died on 2023-06-10
    And request "B" is received on 2023-08-14
    When event 2 is taken back on 2023-08-28
    Then the requests answered again are "A", then "B"
    And request "A" is answered again
    And it is accepted
    And the payment is due on 2023-09-15
    And request "B" is answered again
    And it is accepted
    And the payment is due on 2023-09-15

  Scenario: A person cannot accept what the declaration has ended
    Given a complete request "A" for $10,000 of note XEXMP0110
    And the notes were acquired on 2022-03-01
    And the owner died on 2023-06-10
    And the papers leave open who owned the notes at death
    And request "A" is received on 2023-08-01
    And the notes of the programme are declared due on 2023-08-10
    When a person lets the request go on, on 2023-08-14
    Then it is rejected
    And "notes were declared due" is found

  Scenario: Notes whose prospectus says nothing of it
    Given a complete request "A" for $10,000 of note XEXMP0003
    And request "A" is received on 2017-08-01
    When the notes of the programme are declared due on 2017-08-10
    Then it is recorded
    And no request is answered again
    And request "A" stands accepted for $10,000
    Given a complete request "B" for $10,000 of note XEXMP0003
    When request "B" is received on 2017-08-11
    Then it is accepted

  Scenario: A note, or a programme, that there is not
    When note XEXMP0250 is declared due on 2023-08-10
    Then it is referred
    And "note not known" is found
    Given the programme is example/bonds
    When the notes of the programme are declared due on 2023-08-10
    Then it is referred
    And "programme not known" is found
