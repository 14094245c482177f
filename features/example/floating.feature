Feature: A note whose interest floats
  The example programme is sold by nobody. Its note XEXMP0060 pays 3 per cent until 30 March 2018, and from then
  on an index plus 1.25 per cent, but no less than 2 and no more than 5. Its floating periods move with their
  payment days: 30 June 2018 is a Saturday, so that the first one ends on 29 June, after 91 days.

  Scenario: The last fixed period needs no index
    When the interest payment on $1,000 of note XEXMP0060 falls due on 2018-03-30
    Then it is accepted
    And $7.50 is paid on 2018-03-30

  Scenario: The index is not set yet
    When the interest payment on $1,000 of note XEXMP0060 falls due on 2018-06-30
    Then it is pended
    And it waits for "rate_reset for the period starting 2018-03-30"
    And nothing is paid

  Scenario Outline: The index is set at <index> per cent: <rate> per cent is paid
    Given the index of note XEXMP0060 for the period from 2018-03-30 is set at <index> % on 2018-03-28
    When the interest payment on $1,000 of note XEXMP0060 falls due on 2018-06-30
    Then it is accepted
    And <paid> is paid on 2018-06-29

    Examples:
      | index | rate | paid   |
      | 0.74  | 2    | $5.06  |
      | 0.75  | 2    | $5.06  |
      | 0.76  | 2.01 | $5.08  |
      | 2     | 3.25 | $8.22  |
      | 3.74  | 4.99 | $12.61 |
      | 3.75  | 5    | $12.64 |
      | 3.76  | 5    | $12.64 |

  Scenario: A survivor waits for the index, and is answered again when it is set
    Given a complete request "A" for $25,000 of note XEXMP0060
    When request "A" is received on 2018-05-01
    Then it is pended
    And it waits only for "rate_reset for the period starting 2018-03-30"
    When the index of note XEXMP0060 for the period from 2018-03-30 is set at 2 % on 2018-05-02
    Then request "A" is answered again
    And it is accepted
    And $25,205.38 is paid on 2018-06-29
