Feature: Every note of Prudential Financial InterNotes
  What each row prints, held against amounts worked out by hand: a regular period's interest is the coupon
  over the periods of a year, and cash moves on the next business day.

  Scenario Outline: The second interest date: <coupon> per cent, paid <frequency>
    When the interest payment on $100,000 of note <note> falls due on <due>
    Then it is accepted
    And <interest> is paid on <paid>

    Examples:
      | note      | coupon | frequency   | due        | interest | paid       |
      | 74432AYW4 | 3.850  | semi-annual | 2015-10-15 | $1,925   | 2015-10-15 |
      | 74432BAF5 | 4.000  | semi-annual | 2025-09-15 | $2,000   | 2025-09-15 |

  Scenario Outline: The survivor's option of note <note>
    Given a complete request for $25,000 of note <note>
    And the notes were acquired on <issued>
    And the owner died on <died>
    When the request is received on <asked>
    Then it is accepted
    And <paid> is paid on <day>

    Examples:
      | note      | issued     | died       | asked      | paid       | day        |
      | 74432AYW4 | 2014-10-02 | 2016-01-16 | 2016-02-15 | $25,481.25 | 2016-04-15 |
      | 74432BAF5 | 2024-09-12 | 2025-12-15 | 2026-01-14 | $25,500    | 2026-03-16 |
