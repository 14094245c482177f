Feature: Every note of CFC InterNotes
  What each row prints, held against amounts worked out by hand: a regular period's interest is the coupon
  over the periods of a year, and cash moves on the next business day.

  Scenario Outline: The second interest date: <coupon> per cent, paid <frequency>
    When the interest payment on $100,000 of note <note> falls due on <due>
    Then it is accepted
    And <interest> is paid on <paid>

    Examples:
      | note      | coupon | frequency | due        | interest | paid       |
      | 63743FNE2 | 2.850  | monthly   | 2011-10-15 | $237.50  | 2011-10-17 |
      | 63743FVP8 | 3.500  | monthly   | 2015-04-15 | $291.67  | 2015-04-15 |
      | 63743FF68 | 3.400  | monthly   | 2018-04-15 | $283.33  | 2018-04-16 |
      | 63743FK54 | 1.900  | monthly   | 2020-05-15 | $158.33  | 2020-05-15 |
      | 63743FK62 | 2.000  | monthly   | 2020-05-15 | $166.67  | 2020-05-15 |
      | 63743FW69 | 4.000  | monthly   | 2023-07-15 | $333.33  | 2023-07-17 |
      | 63743F2P0 | 5.000  | monthly   | 2024-07-15 | $416.67  | 2024-07-15 |
      | 63743F3H7 | 4.000  | monthly   | 2025-07-15 | $333.33  | 2025-07-15 |

  Scenario Outline: The survivor's option of note <note>
    Given a complete request for $25,000 of note <note>
    And the notes were acquired on <issued>
    And the owner died on <died>
    When the request is received on <asked>
    Then it is accepted
    And <paid> is paid on <day>

    Examples:
      | note      | issued     | died       | asked      | paid       | day        |
      | 63743FNE2 | 2011-08-18 | 2012-07-19 | 2012-08-18 | $25,059.38 | 2012-09-17 |
      | 63743FVP8 | 2015-02-20 | 2016-01-17 | 2016-02-16 | $25,072.92 | 2016-03-15 |
      | 63743FF68 | 2018-02-15 | 2019-01-16 | 2019-02-15 | $25,070.83 | 2019-03-15 |
      | 63743FK54 | 2020-03-05 | 2021-01-16 | 2021-02-15 | $25,039.58 | 2021-03-15 |
      | 63743FK62 | 2020-03-05 | 2021-01-16 | 2021-02-15 | $25,041.67 | 2021-03-15 |
      | 63743FW69 | 2023-05-25 | 2024-04-18 | 2024-05-18 | $25,083.33 | 2024-06-17 |
      | 63743F2P0 | 2024-05-09 | 2025-03-18 | 2025-04-17 | $25,104.17 | 2025-05-15 |
      | 63743F3H7 | 2025-05-30 | 2026-04-18 | 2026-05-18 | $25,083.33 | 2026-06-15 |
