Feature: A deadline of which the issuer may let off
  The example programme is sold by nobody. Who asks for its notes of 2022 more than twelve months after the
  death is refused, and the issuer may let off of that. Of nothing else but its limits may it let off.

  A complete request is that of the executor of a sole owner, with every paper. Here the owner acquired the
  notes on 2022-03-01.

  Scenario Outline: The owner died on 2023-06-10, and it is asked for on <asked>
    Given a complete request "A" for $10,000 of note XEXMP0110
    And the notes were acquired on 2022-03-01
    And the owner died on 2023-06-10
    When request "A" is received on <asked>
    Then it is <outcome>
    And "asked too late" is <found>

    Examples: Twelve months to the day, and a day more
      | asked      | outcome  | found     |
      | 2024-06-10 | accepted | not found |
      | 2024-06-11 | rejected | found     |

  Scenario: The issuer lets off: it is accepted as of its own day
    Given a complete request "A" for $10,000 of note XEXMP0110
    And the notes were acquired on 2022-03-01
    And the owner died on 2023-06-10
    And request "A" is received on 2024-06-11
    When the issuer waives "asked too late" for the request on 2024-07-12
    Then it is accepted
    And $10,000 is accepted
    And "waived" is found
    And the payment is due on 2024-07-15

  Scenario: What else stands against it is not let off
    Given a complete request "A" for $10,500 of note XEXMP0110
    And the notes were acquired on 2022-03-01
    And the owner died on 2023-06-10
    And request "A" is received on 2024-06-11
    When the issuer waives "asked too late" for the request on 2024-06-12
    Then it is rejected
    And "not in whole multiples" is found
    And "may not be waived" is not found
    When the issuer waives "not in whole multiples" for the request on 2024-06-13
    Then it is rejected
    And "may not be waived" is found

  Scenario: A paper that is missing may still come
    Given a complete request "A" for $10,000 of note XEXMP0110
    And the notes were acquired on 2022-03-01
    And the owner died on 2023-06-10
    And the death certificate is missing
    And request "A" is received on 2024-06-11
    When the issuer waives "asked too late" for the request on 2024-06-12
    Then it is pended
    And it waits only for "death certificate"
    When the death certificate arrives on 2024-06-24
    Then it is accepted
    And the payment is due on 2024-07-15

  Scenario: It was let off by mistake
    Given a complete request "A" for $10,000 of note XEXMP0110
    And the notes were acquired on 2022-03-01
    And the owner died on 2023-06-10
    And request "A" is received on 2024-06-11
    And the issuer waives "asked too late" for the request on 2024-06-12
    When the last event is taken back on 2024-06-13
    Then request "A" is answered again
    And it is rejected
    And $10,000 is taken back

  Scenario: A request that was taken back is let off nothing
    Given a complete request "A" for $10,000 of note XEXMP0110
    And the notes were acquired on 2022-03-01
    And the owner died on 2023-06-10
    And the death certificate is missing
    And request "A" is received on 2024-06-10
    And withdrawal of the request is asked for on 2024-06-12
    When the issuer waives "asked too late" for the request on 2024-06-13
    Then it is rejected
    And "request is finished" is found, because "The request is withdrawn."
    When a person lets the request go on, on 2024-06-14
    Then it is rejected
    And "request is finished" is found
    When event 2 is taken back on 2024-06-17
    Then request "A" is answered again
    And it is pended
    When the death certificate arrives on 2024-06-18
    Then it is accepted
