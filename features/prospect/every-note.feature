Feature: Every note of Prospect Capital InterNotes
  What each row prints, held against amounts worked out by hand: a regular period's interest is the coupon
  over the periods of a year, and cash moves on the next business day.

  Scenario Outline: The second interest date: <coupon> per cent, paid <frequency>
    When the interest payment on $100,000 of note <note> falls due on <due>
    Then it is accepted
    And <interest> is paid on <paid>

    Examples:
      | note      | coupon | frequency   | due        | interest  | paid       |
      | 74348YBQ3 | 4.250  | semi-annual | 2014-01-15 | $2,125    | 2014-01-15 |
      | 74348YMA6 | 4.750  | semi-annual | 2015-02-15 | $2,375    | 2015-02-17 |
      | 74348YMM0 | 3.750  | semi-annual | 2015-03-15 | $1,875    | 2015-03-16 |
      | 74348YMN8 | 4.750  | semi-annual | 2015-03-15 | $2,375    | 2015-03-16 |
      | 74348YRF0 | 4.750  | semi-annual | 2016-07-15 | $2,375    | 2016-07-15 |
      | 74348GUN8 | 7.125  | semi-annual | 2025-11-15 | $3,562.50 | 2025-11-17 |
      | 74348GUU2 | 7.125  | semi-annual | 2025-12-15 | $3,562.50 | 2025-12-15 |

  Scenario Outline: The survivor's option of note <note>
    Given a complete request for $25,000 of note <note>
    And the notes were acquired on <issued>
    And the owner died on <died>
    When the request is received on <asked>
    Then it is accepted
    And <paid> is paid on <day>

    Examples:
      | note      | issued     | died       | asked      | paid       | day        |
      | 74348YBQ3 | 2013-01-10 | 2014-04-16 | 2014-05-16 | $25,531.25 | 2014-07-15 |
      | 74348YMA6 | 2014-03-11 | 2015-05-17 | 2015-06-16 | $25,593.75 | 2015-08-17 |
      | 74348YMM0 | 2014-03-13 | 2015-06-17 | 2015-07-17 | $25,468.75 | 2015-09-15 |
      | 74348YMN8 | 2014-03-13 | 2015-06-17 | 2015-07-17 | $25,593.75 | 2015-09-15 |
      | 74348YRF0 | 2015-07-23 | 2016-10-17 | 2016-11-16 | $25,593.75 | 2017-01-17 |
      | 74348GUN8 | 2024-11-29 | 2026-02-14 | 2026-03-16 | $25,890.63 | 2026-05-15 |
      | 74348GUU2 | 2024-12-12 | 2026-03-17 | 2026-04-16 | $25,890.63 | 2026-06-15 |

  Scenario Outline: Called for <day>, <what>
    Given a call at par of all of note <note> for <day>
    When notice of it is given on <given>
    Then it is accepted
    And <paid> is paid for each $1,000 on <cash>

    Examples: With the interest of the period that ends there
      | note      | what                       | day        | given      | paid      | cash       |
      | 74348YBQ3 | the first call date        | 2014-01-15 | 2013-12-01 | $1,021.25 | 2014-01-15 |
      | 74348YBQ3 | the interest date after it | 2014-07-15 | 2014-05-31 | $1,021.25 | 2014-07-15 |
      | 74348YMM0 | the first call date        | 2015-03-15 | 2015-01-29 | $1,018.75 | 2015-03-16 |
      | 74348YMM0 | the interest date after it | 2015-09-15 | 2015-08-01 | $1,018.75 | 2015-09-15 |
      | 74348YMN8 | the first call date        | 2015-03-15 | 2015-01-29 | $1,023.75 | 2015-03-16 |
      | 74348YMN8 | the interest date after it | 2015-09-15 | 2015-08-01 | $1,023.75 | 2015-09-15 |
      | 74348YRF0 | the first call date        | 2016-07-15 | 2016-05-31 | $1,023.75 | 2016-07-15 |
      | 74348YRF0 | the interest date after it | 2017-01-15 | 2016-12-01 | $1,023.75 | 2017-01-17 |

  Scenario Outline: Not called for <day>, <what>
    Given a call at par of all of note <note> for <day>
    When notice of it is given on <given>
    Then it is rejected
    And "not a call date" is found

    Examples:
      | note      | what                               | day        | given      |
      | 74348YBQ3 | the interest date before the first | 2013-07-15 | 2013-05-31 |
      | 74348YBQ3 | the day before the first           | 2014-01-14 | 2013-11-30 |
      | 74348YBQ3 | a business day after the first     | 2014-01-21 | 2013-12-07 |
      | 74348YBQ3 | a day between interest dates       | 2014-04-15 | 2014-03-01 |
      | 74348YMM0 | the interest date before the first | 2014-09-15 | 2014-08-01 |
      | 74348YMM0 | the day before the first           | 2015-03-14 | 2015-01-28 |
      | 74348YMM0 | a business day after the first     | 2015-03-18 | 2015-02-01 |
      | 74348YMM0 | a day between interest dates       | 2015-06-15 | 2015-05-01 |
      | 74348YMN8 | the interest date before the first | 2014-09-15 | 2014-08-01 |
      | 74348YMN8 | the day before the first           | 2015-03-14 | 2015-01-28 |
      | 74348YMN8 | a business day after the first     | 2015-03-18 | 2015-02-01 |
      | 74348YMN8 | a day between interest dates       | 2015-06-15 | 2015-05-01 |
      | 74348YRF0 | the interest date before the first | 2016-01-15 | 2015-12-01 |
      | 74348YRF0 | the day before the first           | 2016-07-14 | 2016-05-30 |
      | 74348YRF0 | a business day after the first     | 2016-07-18 | 2016-06-03 |
      | 74348YRF0 | a day between interest dates       | 2016-10-15 | 2016-08-31 |
