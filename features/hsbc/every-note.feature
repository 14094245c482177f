Feature: Every note of HSBC Finance InterNotes
  What each row prints, held against amounts worked out by hand: a regular period's interest is the coupon
  over the periods of a year, and cash moves on the next business day.

  Scenario Outline: The second interest date: <coupon> per cent, paid <frequency>
    When the interest payment on $100,000 of note <note> falls due on <due>
    Then it is accepted
    And <interest> is paid on <paid>

    Examples:
      | note      | coupon | frequency   | due        | interest | paid       |
      | 40429XSV9 | 5.700  | quarterly   | 2008-01-15 | $1,425   | 2008-01-15 |
      | 40429XXN1 | 3.900  | semi-annual | 2011-07-15 | $1,950   | 2011-07-15 |
      | 40429XXP6 | 3.850  | semi-annual | 2011-07-15 | $1,925   | 2011-07-15 |
      | 40429XXR2 | 3.600  | semi-annual | 2011-07-15 | $1,800   | 2011-07-15 |
      | 40429XD94 | 2.000  | semi-annual | 2012-07-15 | $1,000   | 2012-07-16 |

  Scenario Outline: The survivor's option of note <note>
    Given a complete request for $25,000 of note <note>
    And the notes were acquired on <issued>
    And the owner died on <died>
    When the request is received on <asked>
    Then it is accepted
    And <paid> is paid on <day>

    Examples:
      | note      | issued     | died       | asked      | paid       | day        |
      | 40429XSV9 | 2007-07-06 | 2008-04-16 | 2008-05-16 | $25,356.25 | 2008-07-15 |
      | 40429XXN1 | 2010-07-09 | 2011-10-17 | 2011-11-16 | $25,487.50 | 2012-01-17 |
      | 40429XXP6 | 2010-07-15 | 2011-10-17 | 2011-11-16 | $25,481.25 | 2012-01-17 |
      | 40429XXR2 | 2010-07-29 | 2011-10-17 | 2011-11-16 | $25,450    | 2012-01-17 |
      | 40429XD94 | 2011-07-28 | 2012-10-17 | 2012-11-16 | $25,250    | 2013-01-15 |
