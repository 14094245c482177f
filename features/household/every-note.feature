Feature: Every note of HFC InterNotes
  What each row prints, held against amounts worked out by hand: a regular period's interest is the coupon
  over the periods of a year, and cash moves on the next business day.

  Scenario Outline: The second interest date: <coupon> per cent, paid <frequency>
    When the interest payment on $100,000 of note <note> falls due on <due>
    Then it is accepted
    And <interest> is paid on <paid>

    Examples:
      | note      | coupon | frequency | due        | interest | paid       |
      | 44181EUG1 | 5.350  | monthly   | 2003-07-15 | $445.83  | 2003-07-15 |
      | 44181EVJ4 | 4.250  | monthly   | 2003-09-15 | $354.17  | 2003-09-15 |

  Scenario Outline: The survivor's option of note <note>
    Given a complete request for $25,000 of note <note>
    And the notes were acquired on <issued>
    And the owner died on <died>
    When the request is received on <asked>
    Then it is accepted
    And <paid> is paid on <day>

    Examples:
      | note      | issued     | died       | asked      | paid       | day        |
      | 44181EUG1 | 2003-05-30 | 2004-04-18 | 2004-05-18 | $25,111.46 | 2004-06-15 |
      | 44181EVJ4 | 2003-07-17 | 2004-06-18 | 2004-07-18 | $25,088.54 | 2004-08-16 |

  Scenario Outline: Called for <day>, <what>
    Given a call at par of all of note <note> for <day>
    When notice of it is given on <given>
    Then it is accepted
    And <paid> is paid for each $1,000 on <cash>

    Examples: With the interest of the period that ends there
      | note      | what                       | day        | given      | paid      | cash       |
      | 44181EUG1 | the first call date        | 2008-05-15 | 2008-03-31 | $1,004.46 | 2008-05-15 |
      | 44181EUG1 | the interest date after it | 2008-06-15 | 2008-05-01 | $1,004.46 | 2008-06-16 |
      | 44181EVJ4 | the first call date        | 2005-07-15 | 2005-05-31 | $1,003.54 | 2005-07-15 |
      | 44181EVJ4 | the interest date after it | 2005-08-15 | 2005-07-01 | $1,004.04 | 2005-08-15 |

  Scenario Outline: Not called for <day>, <what>
    Given a call at par of all of note <note> for <day>
    When notice of it is given on <given>
    Then it is rejected
    And "not a call date" is found

    Examples:
      | note      | what                               | day        | given      |
      | 44181EUG1 | the interest date before the first | 2008-04-15 | 2008-03-01 |
      | 44181EUG1 | the day before the first           | 2008-05-14 | 2008-03-30 |
      | 44181EUG1 | a business day after the first     | 2008-05-19 | 2008-04-04 |
      | 44181EVJ4 | the interest date before the first | 2005-06-15 | 2005-05-01 |
      | 44181EVJ4 | the day before the first           | 2005-07-14 | 2005-05-30 |
      | 44181EVJ4 | a business day after the first     | 2005-07-18 | 2005-06-03 |
