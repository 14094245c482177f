Feature: Every note of Dow InterNotes
  What each row prints, held against amounts worked out by hand: a regular period's interest is the coupon
  over the periods of a year, and cash moves on the next business day.

  Scenario Outline: The second interest date: <coupon> per cent, paid <frequency>
    When the interest payment on $100,000 of note <note> falls due on <due>
    Then it is accepted
    And <interest> is paid on <paid>

    Examples:
      | note      | coupon | frequency   | due        | interest | paid       |
      | 26054LAB9 | 4.800  | semi-annual | 2003-07-15 | $2,400   | 2003-07-15 |
      | 26054LAC7 | 5.500  | semi-annual | 2003-07-15 | $2,750   | 2003-07-15 |
      | 26054LBX0 | 4.050  | semi-annual | 2003-12-15 | $2,025   | 2003-12-15 |
      | 26054LBY8 | 4.800  | semi-annual | 2003-12-15 | $2,400   | 2003-12-15 |
      | 26054LCA9 | 5.750  | semi-annual | 2003-12-15 | $2,875   | 2003-12-15 |
      | 26054LCT8 | 3.150  | semi-annual | 2004-03-15 | $1,575   | 2004-03-15 |
      | 26054LDU4 | 2.850  | semi-annual | 2004-06-15 | $1,425   | 2004-06-15 |
      | 26054LDV2 | 3.500  | semi-annual | 2004-06-15 | $1,750   | 2004-06-15 |
      | 26054LDW0 | 4.100  | semi-annual | 2004-06-15 | $2,050   | 2004-06-15 |
      | 26054LDY6 | 3.050  | semi-annual | 2004-07-15 | $1,525   | 2004-07-15 |
      | 26054LDZ3 | 3.700  | semi-annual | 2004-07-15 | $1,850   | 2004-07-15 |
      | 26054LEG4 | 5.350  | semi-annual | 2009-06-15 | $2,675   | 2009-06-15 |
      | 26054LHD8 | 5.250  | semi-annual | 2010-12-15 | $2,625   | 2010-12-15 |
      | 26054LKM4 | 3.500  | semi-annual | 2011-09-15 | $1,750   | 2011-09-15 |
      | 26054LKN2 | 4.300  | semi-annual | 2011-09-15 | $2,150   | 2011-09-15 |
      | 26054LNT6 | 2.600  | semi-annual | 2012-12-15 | $1,300   | 2012-12-17 |
      | 26054LRC9 | 1.850  | semi-annual | 2013-11-15 | $925     | 2013-11-15 |
      | 26054LRW5 | 1.950  | semi-annual | 2014-02-15 | $975     | 2014-02-18 |
      | 26054LZZ9 | 2.350  | semi-annual | 2016-03-15 | $1,175   | 2016-03-15 |

  Scenario Outline: The survivor's option of note <note>
    Given a complete request for $25,000 of note <note>
    And the notes were acquired on <issued>
    And the owner died on <died>
    When the request is received on <asked>
    Then it is accepted
    And <paid> is paid on <day>

    Examples:
      | note      | issued     | died       | asked      | paid       | day        |
      | 26054LAB9 | 2002-07-05 | 2003-10-17 | 2003-11-16 | $25,600    | 2004-01-15 |
      | 26054LAC7 | 2002-07-05 | 2003-10-17 | 2003-11-16 | $25,687.50 | 2004-01-15 |
      | 26054LBX0 | 2002-12-05 | 2004-03-17 | 2004-04-16 | $25,506.25 | 2004-06-15 |
      | 26054LBY8 | 2002-12-05 | 2004-03-17 | 2004-04-16 | $25,600    | 2004-06-15 |
      | 26054LCA9 | 2002-12-05 | 2004-03-17 | 2004-04-16 | $25,718.75 | 2004-06-15 |
      | 26054LCT8 | 2003-03-06 | 2004-06-17 | 2004-07-17 | $25,393.75 | 2004-09-15 |
      | 26054LDU4 | 2003-06-26 | 2004-09-16 | 2004-10-16 | $25,356.25 | 2004-12-15 |
      | 26054LDV2 | 2003-06-26 | 2004-09-16 | 2004-10-16 | $25,437.50 | 2004-12-15 |
      | 26054LDW0 | 2003-06-26 | 2004-09-16 | 2004-10-16 | $25,512.50 | 2004-12-15 |
      | 26054LDY6 | 2003-07-03 | 2004-10-17 | 2004-11-16 | $25,381.25 | 2005-01-18 |
      | 26054LDZ3 | 2003-07-03 | 2004-10-17 | 2004-11-16 | $25,462.50 | 2005-01-18 |
      | 26054LEG4 | 2008-06-05 | 2009-09-16 | 2009-10-16 | $25,668.75 | 2009-12-15 |
      | 26054LHD8 | 2009-12-03 | 2011-03-17 | 2011-04-16 | $25,656.25 | 2011-06-15 |
      | 26054LKM4 | 2010-09-23 | 2011-12-16 | 2012-01-15 | $25,437.50 | 2012-03-15 |
      | 26054LKN2 | 2010-09-23 | 2011-12-16 | 2012-01-15 | $25,537.50 | 2012-03-15 |
      | 26054LNT6 | 2011-12-08 | 2013-03-17 | 2013-04-16 | $25,325    | 2013-06-17 |
      | 26054LRC9 | 2012-11-23 | 2014-02-14 | 2014-03-16 | $25,231.25 | 2014-05-15 |
      | 26054LRW5 | 2013-02-28 | 2014-05-17 | 2014-06-16 | $25,243.75 | 2014-08-15 |
      | 26054LZZ9 | 2015-03-05 | 2016-06-17 | 2016-07-17 | $25,293.75 | 2016-09-15 |

  Scenario Outline: Called for <day>, <what>
    Given a call at par of all of note <note> for <day>
    When notice of it is given on <given>
    Then it is accepted
    And <paid> is paid for each $1,000 on <cash>

    Examples: With the interest of the period that ends there
      | note      | what                       | day        | given      | paid      | cash       |
      | 26054LEG4 | the first call date        | 2009-06-15 | 2009-05-01 | $1,026.75 | 2009-06-15 |
      | 26054LEG4 | the interest date after it | 2009-12-15 | 2009-10-31 | $1,026.75 | 2009-12-15 |
      | 26054LKM4 | the first call date        | 2011-09-15 | 2011-08-01 | $1,017.50 | 2011-09-15 |
      | 26054LKM4 | the interest date after it | 2012-03-15 | 2012-01-30 | $1,017.50 | 2012-03-15 |
      | 26054LRC9 | the first call date        | 2013-11-15 | 2013-10-01 | $1,009.25 | 2013-11-15 |
      | 26054LRC9 | the interest date after it | 2014-05-15 | 2014-03-31 | $1,009.25 | 2014-05-15 |
      | 26054LZZ9 | the first call date        | 2016-03-15 | 2016-01-30 | $1,011.75 | 2016-03-15 |
      | 26054LZZ9 | the interest date after it | 2016-09-15 | 2016-08-01 | $1,011.75 | 2016-09-15 |

  Scenario Outline: Not called for <day>, <what>
    Given a call at par of all of note <note> for <day>
    When notice of it is given on <given>
    Then it is rejected
    And "not a call date" is found

    Examples:
      | note      | what                               | day        | given      |
      | 26054LEG4 | the interest date before the first | 2008-12-15 | 2008-10-31 |
      | 26054LEG4 | the day before the first           | 2009-06-14 | 2009-04-30 |
      | 26054LEG4 | a business day after the first     | 2009-06-18 | 2009-05-04 |
      | 26054LEG4 | a day between interest dates       | 2009-09-15 | 2009-08-01 |
      | 26054LKM4 | the interest date before the first | 2011-03-15 | 2011-01-29 |
      | 26054LKM4 | the day before the first           | 2011-09-14 | 2011-07-31 |
      | 26054LKM4 | a business day after the first     | 2011-09-19 | 2011-08-05 |
      | 26054LKM4 | a day between interest dates       | 2011-12-15 | 2011-10-31 |
      | 26054LRC9 | the interest date before the first | 2013-05-15 | 2013-03-31 |
      | 26054LRC9 | the day before the first           | 2013-11-14 | 2013-09-30 |
      | 26054LRC9 | a business day after the first     | 2013-11-18 | 2013-10-04 |
      | 26054LRC9 | a day between interest dates       | 2014-02-15 | 2014-01-01 |
      | 26054LZZ9 | the interest date before the first | 2015-09-15 | 2015-08-01 |
      | 26054LZZ9 | the day before the first           | 2016-03-14 | 2016-01-29 |
      | 26054LZZ9 | a business day after the first     | 2016-03-18 | 2016-02-02 |
      | 26054LZZ9 | a day between interest dates       | 2016-06-15 | 2016-05-01 |
