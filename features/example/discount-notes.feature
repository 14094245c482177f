Feature: Notes without interest dates, and discount notes repaid between them
  The example programme is sold by nobody. Note XEXMP0151 of 2022 pays no interest: it was issued at
  92.236816 on 2022-03-01 and matures at 100 on 2024-03-01. A survivor of it is repaid on the first business
  day twenty or more days after acceptance, at the issue price with the discount accrued to that day.

  A complete request is that of the executor of a sole owner, with every paper. Here the owner acquired the
  notes on 2022-03-01.

  # The price is 98 hundredths of itself a half-year later: 0.98^4 = 0.92236816 at issue, and so
  #   2022-03-01  92.236816    2022-09-01  94.1192    2023-03-01  96.04    2023-09-01  98    2024-03-01  100
  # Within a half-year of 180 days, 30/360, the discount accrues evenly from day to day:
  #   2023-02-28  94.1192 + 1.9208 * 177/180 = 96.00798666...     of $25,000: $24,002.00
  #   2023-03-02  96.04   + 1.96   *   1/180 = 96.05088888...     of $25,000: $24,012.72
  #   2023-05-30  96.04   + 1.96   *  89/180 = 97.00911111...     of $25,000: $24,252.28
  #   2023-05-31  96.04   + 1.96   *  90/180 = 97.02              of $25,000: $24,255.00
  #   2024-02-29  98      + 2      * 178/180 = 99.97777777...     of $25,000: $24,994.44
  # 2023-05-27 is a Saturday, and the Monday after it Memorial Day.

  Scenario Outline: Received on <received>, repaid on <due>
    Given a complete request for $25,000 of note XEXMP0151
    And the notes were acquired on 2022-03-01
    And the owner died on <died>
    When the request is received on <received>
    Then it is accepted
    And $25,000 of principal is due
    And the payment is due on <due>
    And $0 of it is interest
    And <paid> is paid on <due>

    Examples: The last day of a half-year, its end, and the day after
      | died       | received   | due        | paid       |
      | 2022-12-10 | 2023-02-08 | 2023-02-28 | $24,002.00 |
      | 2022-12-10 | 2023-02-09 | 2023-03-01 | $24,010.00 |
      | 2022-12-10 | 2023-02-10 | 2023-03-02 | $24,012.72 |

    Examples: The twentieth day is a Saturday, a holiday, and the two days after it
      | died       | received   | due        | paid       |
      | 2022-12-10 | 2023-05-07 | 2023-05-30 | $24,252.28 |
      | 2022-12-10 | 2023-05-09 | 2023-05-30 | $24,252.28 |
      | 2022-12-10 | 2023-05-10 | 2023-05-30 | $24,252.28 |
      | 2022-12-10 | 2023-05-11 | 2023-05-31 | $24,255.00 |

    Examples: The day before maturity, maturity, and never later
      | died       | received   | due        | paid       |
      | 2023-12-10 | 2024-02-09 | 2024-02-29 | $24,994.44 |
      | 2023-12-10 | 2024-02-10 | 2024-03-01 | $25,000.00 |
      | 2023-12-10 | 2024-02-29 | 2024-03-01 | $25,000.00 |

  Scenario: What is due is the principal that was accepted, at the price of its day
    Given a complete request "A" for $25,000 of note XEXMP0151
    And the notes were acquired on 2022-03-01
    And the owner died on 2022-12-10
    And request "A" is received on 2023-05-10
    When it is asked on 2023-05-30 what is due to survivors of note XEXMP0151 on 2023-05-30
    Then it is accepted
    And $25,000 of principal is due
    And $24,252.28 is paid on 2023-05-30
    When request "A" is repaid $25,000 due on 2023-05-30
    Then it is recorded

  Scenario: A limit counts principal, whatever the price
    Given the programme is example/notes
    And the issuer elected the individual limit for 2023
    And a complete request "A" for $251,000 of note XEXMP0151
    And the notes were acquired on 2022-03-01
    And the owner died on 2022-12-10
    When request "A" is received on 2023-05-11
    Then it is accepted
    And $250,000 is accepted
    And $1,000 is carried over
    And $242,550.00 is paid on 2023-05-31

  Scenario: An edition that does not say on which day such a note is repaid: a person has to decide
    Given a complete request for $25,000 of note XEXMP0169
    When the request is received on 2017-08-01
    Then it is referred
    And "no day of repayment" is found
    And nothing is paid

  Rule: A discount note that pays interest is repaid between its interest dates
    Deposit XEXMP0185 of 2024 was issued at 96.04077616 on 2024-02-15, pays 2 per cent in two halves a year,
    on 15 February and 15 August, and matures at 100 on 2026-02-15. It is repaid on any business day.

    # After each interest date the price is that of the next, with its dollar of interest, times 0.98:
    #   2026-02-15  100            2025-08-15  101     * 0.98 = 98.98    2025-02-15  99.98  * 0.98 = 97.9804
    #   2024-08-15  98.9804 * 0.98 = 97.000792       2024-02-15  98.000792 * 0.98 = 96.04077616
    # In between it accrues evenly over 180 days, and interest accrues besides, $10,000 * 2 % * days/360:
    #   2025-01-22  97.000792 + 0.979608 * 157/180 = 97.85522786...   $9,785.52 and $87.22 of interest
    #   2025-02-14  97.000792 + 0.979608 * 179/180 = 97.97495773...   $9,797.50 and $99.44
    #   2025-02-18  97.9804   + 0.9996   *   3/180 = 97.99706         $9,799.71 and $1.67
    #   2025-08-15  98.98                                             $9,898.00 and $100.00
    # 2025-02-15 is a Saturday, and the Monday after it Washington's Birthday.

    Scenario Outline: With interest besides, received on <received>, repaid on <due>
      Given a complete request for $10,000 of note XEXMP0185
      And the notes were acquired on 2024-02-15
      And the owner died on 2024-10-10
      And the affidavit of domicile is enclosed
      When the request is received on <received>
      Then it is accepted
      And the payment is due on <due>
      And <interest> of it is interest
      And <paid> is paid on <due>

      Examples: Within a half-year, the day before an interest date, after it, and on one
        | received   | due        | interest | paid      |
        | 2025-01-02 | 2025-01-22 | $87.22   | $9,872.74 |
        | 2025-01-25 | 2025-02-14 | $99.44   | $9,896.94 |
        | 2025-01-26 | 2025-02-18 | $1.67    | $9,801.38 |
        | 2025-07-26 | 2025-08-15 | $100.00  | $9,998.00 |
