Feature: Every note of Bank of America InterNotes
  What each row prints, held against amounts worked out by hand: a regular period's interest is the coupon
  over the periods of a year, and cash moves on the next business day.

  Scenario Outline: The second interest date: <coupon> per cent, paid <frequency>
    When the interest payment on $100,000 of note <note> falls due on <due>
    Then it is accepted
    And <interest> is paid on <paid>

    Examples:
      | note      | coupon | frequency   | due        | interest | paid       |
      | 06050XNN9 | 5.650  | semi-annual | 2004-12-15 | $2,825   | 2004-12-15 |
      | 06050XNP4 | 5.750  | semi-annual | 2004-12-15 | $2,875   | 2004-12-15 |
      | 06050XPG2 | 4.750  | semi-annual | 2005-02-15 | $2,375   | 2005-02-15 |
      | 06050XPH0 | 5.250  | monthly     | 2004-04-15 | $437.50  | 2004-04-15 |
      | 06050XWB5 | 5.500  | monthly     | 2006-01-15 | $458.33  | 2006-01-17 |
      | 06050XWC3 | 5.750  | semi-annual | 2006-11-15 | $2,875   | 2006-11-15 |
      | 06050XC43 | 7.000  | monthly     | 2008-09-15 | $583.33  | 2008-09-15 |
      | 06050XC50 | 7.000  | semi-annual | 2009-08-15 | $3,500   | 2009-08-17 |
      | 06050XC92 | 6.200  | semi-annual | 2009-08-15 | $3,100   | 2009-08-17 |
      | 06050XD26 | 6.375  | monthly     | 2008-10-15 | $531.25  | 2008-10-15 |
      | 06050WFB6 | 4.000  | semi-annual | 2015-02-15 | $2,000   | 2015-02-17 |
      | 06050WFG5 | 4.400  | semi-annual | 2015-03-15 | $2,200   | 2015-03-16 |
      | 06050WGW9 | 4.000  | semi-annual | 2016-05-15 | $2,000   | 2016-05-16 |

  Scenario Outline: The survivor's option of note <note>
    Given a complete request for $25,000 of note <note>
    And the notes were acquired on <issued>
    And the owner died on <died>
    When the request is received on <asked>
    Then it is accepted
    And <paid> is paid on <day>

    Examples:
      | note      | issued     | died       | asked      | paid       | day        |
      | 06050XNN9 | 2003-12-11 | 2005-03-17 | 2005-04-16 | $25,706.25 | 2005-06-15 |
      | 06050XNP4 | 2003-12-11 | 2005-03-17 | 2005-04-16 | $25,718.75 | 2005-06-15 |
      | 06050XPG2 | 2004-02-26 | 2005-05-17 | 2005-06-16 | $25,593.75 | 2005-08-15 |
      | 06050XPH0 | 2004-02-26 | 2005-01-16 | 2005-02-15 | $25,109.38 | 2005-03-15 |
      | 06050XWB5 | 2005-11-10 | 2006-09-18 | 2006-10-18 | $25,114.58 | 2006-11-15 |
      | 06050XWC3 | 2005-11-10 | 2007-02-14 | 2007-03-16 | $25,718.75 | 2007-05-15 |
      | 06050XC43 | 2008-07-31 | 2009-06-18 | 2009-07-18 | $25,145.83 | 2009-08-17 |
      | 06050XC50 | 2008-08-07 | 2009-11-17 | 2009-12-17 | $25,875    | 2010-02-16 |
      | 06050XC92 | 2008-08-28 | 2009-11-17 | 2009-12-17 | $25,775    | 2010-02-16 |
      | 06050XD26 | 2008-08-28 | 2009-07-19 | 2009-08-18 | $25,132.81 | 2009-09-15 |
      | 06050WFB6 | 2014-02-06 | 2015-05-17 | 2015-06-16 | $25,500    | 2015-08-17 |
      | 06050WFG5 | 2014-03-13 | 2015-06-17 | 2015-07-17 | $25,550    | 2015-09-15 |
      | 06050WGW9 | 2015-05-15 | 2016-08-17 | 2016-09-16 | $25,500    | 2016-11-15 |

  Scenario Outline: Called for <day>, <what>
    Given a call at par of all of note <note> for <day>
    When notice of it is given on <given>
    Then it is accepted
    And <paid> is paid for each $1,000 on <cash>

    Examples: With the interest of the period that ends there
      | note      | what                       | day        | given      | paid      | cash       |
      | 06050XNN9 | the first call date        | 2006-12-15 | 2006-10-31 | $1,028.25 | 2006-12-15 |
      | 06050XNN9 | the interest date after it | 2007-06-15 | 2007-05-01 | $1,028.25 | 2007-06-15 |
      | 06050XNP4 | the first call date        | 2007-12-15 | 2007-10-31 | $1,028.75 | 2007-12-17 |
      | 06050XNP4 | the interest date after it | 2008-06-15 | 2008-05-01 | $1,028.75 | 2008-06-16 |
      | 06050XPG2 | the first call date        | 2006-02-15 | 2006-01-01 | $1,023.75 | 2006-02-15 |
      | 06050XPG2 | the interest date after it | 2006-08-15 | 2006-07-01 | $1,023.75 | 2006-08-15 |
      | 06050XPH0 | the first call date        | 2007-02-15 | 2007-01-01 | $1,004.38 | 2007-02-15 |
      | 06050XPH0 | the interest date after it | 2007-03-15 | 2007-01-29 | $1,004.38 | 2007-03-15 |
      | 06050XWB5 | the first call date        | 2006-11-15 | 2006-10-01 | $1,004.58 | 2006-11-15 |
      | 06050XWB5 | the interest date after it | 2006-12-15 | 2006-10-31 | $1,004.58 | 2006-12-15 |
      | 06050XWC3 | the first call date        | 2009-11-15 | 2009-10-01 | $1,028.75 | 2009-11-16 |
      | 06050XWC3 | the interest date after it | 2010-05-15 | 2010-03-31 | $1,028.75 | 2010-05-17 |
      | 06050XD26 | the first call date        | 2011-08-15 | 2011-07-01 | $1,005.31 | 2011-08-15 |
      | 06050XD26 | the interest date after it | 2011-09-15 | 2011-08-01 | $1,005.31 | 2011-09-15 |

  Scenario Outline: Not called for <day>, <what>
    Given a call at par of all of note <note> for <day>
    When notice of it is given on <given>
    Then it is rejected
    And "not a call date" is found

    Examples:
      | note      | what                               | day        | given      |
      | 06050XNN9 | the interest date before the first | 2006-06-15 | 2006-05-01 |
      | 06050XNN9 | the day before the first           | 2006-12-14 | 2006-10-30 |
      | 06050XNN9 | a business day after the first     | 2006-12-18 | 2006-11-03 |
      | 06050XNN9 | a day between interest dates       | 2007-03-15 | 2007-01-29 |
      | 06050XNP4 | the interest date before the first | 2007-06-15 | 2007-05-01 |
      | 06050XNP4 | the day before the first           | 2007-12-14 | 2007-10-30 |
      | 06050XNP4 | a business day after the first     | 2007-12-18 | 2007-11-03 |
      | 06050XNP4 | a day between interest dates       | 2008-03-15 | 2008-01-30 |
      | 06050XPG2 | the interest date before the first | 2005-08-15 | 2005-07-01 |
      | 06050XPG2 | the day before the first           | 2006-02-14 | 2005-12-31 |
      | 06050XPG2 | a business day after the first     | 2006-02-21 | 2006-01-07 |
      | 06050XPG2 | a day between interest dates       | 2006-05-15 | 2006-03-31 |
      | 06050XPH0 | the interest date before the first | 2007-01-15 | 2006-12-01 |
      | 06050XPH0 | the day before the first           | 2007-02-14 | 2006-12-31 |
      | 06050XPH0 | a business day after the first     | 2007-02-20 | 2007-01-06 |
      | 06050XWB5 | the interest date before the first | 2006-10-15 | 2006-08-31 |
      | 06050XWB5 | the day before the first           | 2006-11-14 | 2006-09-30 |
      | 06050XWB5 | a business day after the first     | 2006-11-20 | 2006-10-06 |
      | 06050XWC3 | the interest date before the first | 2009-05-15 | 2009-03-31 |
      | 06050XWC3 | the day before the first           | 2009-11-14 | 2009-09-30 |
      | 06050XWC3 | a business day after the first     | 2009-11-18 | 2009-10-04 |
      | 06050XWC3 | a day between interest dates       | 2010-02-15 | 2010-01-01 |
      | 06050XD26 | the interest date before the first | 2011-07-15 | 2011-05-31 |
      | 06050XD26 | the day before the first           | 2011-08-14 | 2011-06-30 |
      | 06050XD26 | a business day after the first     | 2011-08-18 | 2011-07-04 |
