Feature: A yearly limit of the greater of $1,000,000 and 1 per cent
  The example programme is sold by nobody. Of its notes of 2018 each series has a limit of its own; of those
  of 2020 each note has.

  Rule: Each series has a limit of its own

    Background:
      Given the programme is example/notes
      And the issuer elected the annual limit for 2019

    Scenario Outline: <outstanding> of the series outstanding: <asked> is within the limit
      Given the principal of series "A" outstanding at 2018-12-31 was reported as <outstanding> on 2019-01-20
      And a complete request for <asked> of note XEXMP0037
      And the notes were acquired on 2018-03-01
      And the owner died on 2019-06-10
      When the request is received on 2019-08-01
      Then it is accepted
      And <asked> is accepted
      And $0 is carried over

      Examples:
        | outstanding  | asked      |
        | $60,000,000  | $1,000,000 |
        | $100,000,000 | $1,000,000 |
        | $130,000,000 | $1,300,000 |

    Scenario Outline: <outstanding> of the series outstanding: <asked> is $1,000 beyond the limit
      Given the principal of series "A" outstanding at 2018-12-31 was reported as <outstanding> on 2019-01-20
      And a complete request for <asked> of note XEXMP0037
      And the notes were acquired on 2018-03-01
      And the owner died on 2019-06-10
      When the request is received on 2019-08-01
      Then it is accepted
      And <limit> is accepted
      And $1,000 is carried over
      And "annual limit" is found, because "At most <limit> is left under the programme's limit this year."

      Examples:
        | outstanding  | asked      | limit      |
        | $60,000,000  | $1,001,000 | $1,000,000 |
        | $100,000,000 | $1,001,000 | $1,000,000 |
        | $130,000,000 | $1,301,000 | $1,300,000 |

    Scenario: What is outstanding of another series, or of the programme, does not count
      Given the principal of series "B" outstanding at 2018-12-31 was reported as $130,000,000 on 2019-01-20
      And the principal outstanding at 2018-12-31 was reported as $190,000,000 on 2019-01-20
      And a complete request for $1,300,000 of note XEXMP0037
      And the notes were acquired on 2018-03-01
      And the owner died on 2019-06-10
      When the request is received on 2019-08-01
      Then it is accepted
      And $1,000,000 is accepted
      And it waits only for "outstanding principal at 2018-12-31"

    Scenario: What was accepted of another series does not use the limit up
      Given the principal of series "A" outstanding at 2018-12-31 was reported as $60,000,000 on 2019-01-20
      And the principal of series "B" outstanding at 2018-12-31 was reported as $60,000,000 on 2019-01-20
      And a complete request "A" for $1,000,000 of note XEXMP0037
      And the notes were acquired on 2018-03-01
      And the owner died on 2019-06-10
      And request "A" is received on 2019-08-01
      And a complete request "B" for $1,000,000 of note XEXMP0045
      And the notes were acquired on 2018-03-01
      And the owner died on 2019-06-10
      When request "B" is received on 2019-08-02
      Then it is accepted
      And $1,000,000 is accepted

  Rule: The issuer has not elected

    Scenario: Far beyond what the limit would be
      Given the programme is example/notes
      And the principal of series "A" outstanding at 2018-12-31 was reported as $60,000,000 on 2019-01-20
      And a complete request for $5,000,000 of note XEXMP0037
      And the notes were acquired on 2018-03-01
      And the owner died on 2019-06-10
      When the request is received on 2019-08-01
      Then it is accepted
      And $5,000,000 is accepted
      And $0 is carried over

  Rule: Each note has a limit of its own

    Scenario: The report of the note's own principal shows that there is no room
      One per cent of $60,000,000 are $600,000, so that the limit is $1,000,000, of which $1,000 is left. The second
      tender waits whole, and the third, which would fit, behind it.
      Given the programme is example/notes
      And the issuer elected the individual limit for 2021 on 2021-01-04 and allows owner "owner of A" $999,000
      And a complete request "A" for $999,000 of note XEXMP0011
      And the notes were acquired on 2020-03-02
      And the owner died on 2021-06-10
      And request "A" is received on 2021-07-01
      And a complete request "B" for $200,000 of note XEXMP0011
      And the notes were acquired on 2020-03-02
      And the owner died on 2021-06-10
      And request "B" is received on 2021-07-02
      And a complete request "C" for $1,000 of note XEXMP0011
      And the notes were acquired on 2020-03-02
      And the owner died on 2021-06-10
      And request "C" is received on 2021-07-05
      When the principal of note XEXMP0029 outstanding at 2020-12-31 is reported as $60,000,000 on 2021-07-06
      Then no request is answered again
      When the principal of note XEXMP0011 outstanding at 2020-12-31 is reported as $60,000,000 on 2021-07-07
      Then the requests answered again are "B", then "C"
      And request "C" is answered again
      And it is carried over
