Feature: Deposits repaid on a business day
  The example programme is sold by nobody. Its deposits of 2024 are repaid whole, on the first business day
  twenty or more days after acceptance, with interest accrued to that day. Deposit XEXMP0177 pays 3.6 per
  cent on 15 February and 15 August, a dollar a day on $10,000, 30/360.

  A complete request is that of the executor of a sole owner, with every paper an executor has to bring for a
  note. Here the owner acquired the deposit on 2024-02-15 and died on 2024-10-10.

  Scenario Outline: Received on <received>, repaid on <due>
    Given a complete request for $10,000 of note XEXMP0177
    And the notes were acquired on 2024-02-15
    And the owner died on 2024-10-10
    And the affidavit of domicile is enclosed
    When the request is received on <received>
    Then it is accepted
    And the payment is due on <due>
    And <interest> of it is interest
    And <paid> is paid on <due>

    Examples: The twentieth day is a Wednesday, a Thursday the banks are closed, and the two days around it
      | received   | due        | interest | paid       |
      | 2025-01-02 | 2025-01-22 | $157.00  | $10,157.00 |
      | 2024-11-07 | 2024-11-27 | $102.00  | $10,102.00 |
      | 2024-11-08 | 2024-11-29 | $104.00  | $10,104.00 |
      | 2024-11-09 | 2024-11-29 | $104.00  | $10,104.00 |

    Examples: An interest date, and the business day after one that is a Saturday before a holiday
      | received   | due        | interest | paid       |
      | 2025-07-26 | 2025-08-15 | $180.00  | $10,180.00 |
      | 2025-01-26 | 2025-02-18 | $3.00    | $10,003.00 |

  Scenario: A part of it is not repaid
    Given a complete request for $9,000 of note XEXMP0177
    And the position is $10,000
    And the notes were acquired on 2024-02-15
    And the owner died on 2024-10-10
    And the affidavit of domicile is enclosed
    When the request is received on 2025-01-02
    Then it is rejected
    And "entire deposit only" is found

  Scenario: What is due that day is due by the ledger, and is paid once
    Given a complete request "A" for $10,000 of note XEXMP0177
    And the notes were acquired on 2024-02-15
    And the owner died on 2024-10-10
    And the affidavit of domicile is enclosed
    And request "A" is received on 2025-01-02
    When it is asked on 2025-01-22 what is due to request "A" on 2025-01-22
    Then it is accepted
    And $10,157.00 is paid on 2025-01-22
    When request "A" is repaid $10,000 due on 2025-01-22
    Then it is recorded
