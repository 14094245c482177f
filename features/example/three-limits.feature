Feature: Three yearly limits at once
  The example programme is sold by nobody. Of its notes of 2022 the issuer may limit each calendar year to
  the greater of $2,000,000 or 2 per cent of all notes outstanding, to 2 per cent of what is outstanding of
  each series, and to $250,000 for each deceased owner. What passes all three is accepted.

  A complete request is that of the executor of a sole owner, with every paper. Here the owner acquired the
  notes on 2022-03-01 and died on 2023-06-10.

  Background:
    Given the programme is example/notes

  Rule: The smallest of the three binds

    Scenario Outline: $150,000,000 of the programme, $<series> of the series: one owner asks for <asked>
      Given the issuer elected all limits for 2023
      And the principal outstanding at 2022-12-31 was reported as $150,000,000 on 2023-01-20
      And the principal of series "A" outstanding at 2022-12-31 was reported as $<series> on 2023-01-20
      And a complete request "A" for <asked> of note XEXMP0110
      And the notes were acquired on 2022-03-01
      And the owner died on 2023-06-10
      When request "A" is received on 2023-08-01
      Then it is accepted
      And <accepted> is accepted
      And <carried> is carried over

      Examples: The owner's limit, and that of a series of which 2 per cent are $200,000
        | series     | asked    | accepted | carried |
        | 60,000,000 | $250,000 | $250,000 | $0      |
        | 60,000,000 | $251,000 | $250,000 | $1,000  |
        | 10,000,000 | $200,000 | $200,000 | $0      |
        | 10,000,000 | $201,000 | $200,000 | $1,000  |
        | 10,049,999 | $201,000 | $200,000 | $1,000  |
        | 10,050,000 | $201,000 | $201,000 | $0      |

    Scenario: Each of them says what is left
      Given the issuer elected all limits for 2023
      And the principal outstanding at 2022-12-31 was reported as $150,000,000 on 2023-01-20
      And the principal of series "A" outstanding at 2022-12-31 was reported as $60,000,000 on 2023-01-20
      And a complete request "A" for $251,000 of note XEXMP0110
      And the notes were acquired on 2022-03-01
      And the owner died on 2023-06-10
      When request "A" is received on 2023-08-01
      Then "individual limit" is found, because "At most $250,000 is left for this owner this year."
      And "annual limit" is found, because "At most $3,000,000 is left under the programme's limit this year."
      And "series limit" is found, because "At most $1,200,000 is left for the series this year."

    Scenario: Two notes of one series count together, another series does not
      Two per cent of $60,000,000 are $1,200,000 for each series; the programme's limit is $3,000,000.
      Given the issuer elected the annual limit for 2023
      And the principal outstanding at 2022-12-31 was reported as $150,000,000 on 2023-01-20
      And the principal of series "A" outstanding at 2022-12-31 was reported as $60,000,000 on 2023-01-20
      And the principal of series "B" outstanding at 2022-12-31 was reported as $60,000,000 on 2023-01-20
      And a complete request "A" for $1,000,000 of note XEXMP0110
      And the notes were acquired on 2022-03-01
      And the owner died on 2023-06-10
      And request "A" is received on 2023-08-01
      And a complete request "B" for $300,000 of note XEXMP0128
      And the notes were acquired on 2022-03-01
      And the owner died on 2023-06-10
      When request "B" is received on 2023-08-02
      Then it is accepted
      And $200,000 is accepted
      And $100,000 is carried over
      And "series limit" is found, because "At most $200,000 is left for the series this year."
      Given a complete request "C" for $1,200,000 of note XEXMP0136
      And the notes were acquired on 2022-03-01
      And the owner died on 2023-06-10
      When request "C" is received on 2023-08-03
      Then it is accepted
      And $1,200,000 is accepted

    Scenario: There is room in the series, and none in the programme
      Two per cent of $100,000,000 are $2,000,000; the first series has used $1,200,000 of it.
      Given the issuer elected the annual limit for 2023
      And the principal outstanding at 2022-12-31 was reported as $100,000,000 on 2023-01-20
      And the principal of series "A" outstanding at 2022-12-31 was reported as $60,000,000 on 2023-01-20
      And the principal of series "B" outstanding at 2022-12-31 was reported as $60,000,000 on 2023-01-20
      And a complete request "A" for $1,200,000 of note XEXMP0110
      And the notes were acquired on 2022-03-01
      And the owner died on 2023-06-10
      And request "A" is received on 2023-08-01
      And a complete request "B" for $1,000,000 of note XEXMP0136
      And the notes were acquired on 2022-03-01
      And the owner died on 2023-06-10
      When request "B" is received on 2023-08-02
      Then it is accepted
      And $800,000 is accepted
      And $200,000 is carried over
      And "annual limit" is found, because "At most $800,000 is left under the programme's limit this year."

    Scenario: The next year lets in what the series' limit kept out
      Given the issuer elected the annual limit for 2023
      And the issuer elected the annual limit for 2024
      And the principal outstanding at 2022-12-31 was reported as $150,000,000 on 2023-01-20
      And the principal of series "A" outstanding at 2022-12-31 was reported as $60,000,000 on 2023-01-20
      And a complete request "A" for $1,500,000 of note XEXMP0110
      And the notes were acquired on 2022-03-01
      And the owner died on 2023-06-10
      And request "A" is received on 2023-08-01
      And the principal outstanding at 2023-12-31 was reported as $150,000,000 on 2024-01-01
      And the principal of series "A" outstanding at 2023-12-31 was reported as $10,000,000 on 2024-01-01
      When the year 2024 is opened
      Then request "A" is answered again
      And $200,000 is accepted
      And $100,000 is carried over
      And request "A" stands accepted for $1,400,000

  Rule: The issuer elects each of them by itself

    Scenario Outline: The issuer elected <limits>
      Given the issuer elected <limits> for 2023
      And the principal outstanding at 2022-12-31 was reported as $100,000,000 on 2023-01-20
      And the principal of series "A" outstanding at 2022-12-31 was reported as $60,000,000 on 2023-01-20
      And a complete request "A" for $3,000,000 of note XEXMP0110
      And the notes were acquired on 2022-03-01
      And the owner died on 2023-06-10
      When request "A" is received on 2023-08-01
      Then it is accepted
      And <accepted> is accepted

      Examples: What is said of the annual limit is said of the series' too, where nothing else is said of it
        | limits                 | accepted   |
        | no limits              | $3,000,000 |
        | the annual limit alone | $2,000,000 |
        | the series limit       | $1,200,000 |
        | the annual limit       | $1,200,000 |
        | the individual limit   | $250,000   |
        | all limits             | $250,000   |

    Scenario: The issuer allows each series more
      Given the issuer elected the series limit for 2023 and allows each series $1,500,000
      And the principal of series "A" outstanding at 2022-12-31 was reported as $60,000,000 on 2023-01-20
      And a complete request "A" for $1,501,000 of note XEXMP0110
      And the notes were acquired on 2022-03-01
      And the owner died on 2023-06-10
      When request "A" is received on 2023-08-01
      Then it is accepted
      And $1,500,000 is accepted
      And $1,000 is carried over

    Scenario: The issuer allows one request more of its series
      Given the issuer elected the series limit for 2023
      And the principal of series "A" outstanding at 2022-12-31 was reported as $60,000,000 on 2023-01-20
      And a complete request "A" for $1,501,000 of note XEXMP0110
      And the notes were acquired on 2022-03-01
      And the owner died on 2023-06-10
      And request "A" is received on 2023-08-01
      When the issuer allows the request $1,500,000 under the series limit on 2023-08-07
      Then it is accepted
      And $300,000 is accepted
      And $1,000 is carried over
      And request "A" stands accepted for $1,500,000

  Rule: Until a series' principal is reported, nothing is sure under its limit

    Scenario: The programme's is reported, the series' is not
      Given the issuer elected all limits for 2023
      And the principal outstanding at 2022-12-31 was reported as $150,000,000 on 2023-01-20
      And a complete request "A" for $100,000 of note XEXMP0110
      And the notes were acquired on 2022-03-01
      And the owner died on 2023-06-10
      When request "A" is received on 2023-08-01
      Then it is pended
      And $100,000 is pended
      And it waits only for "outstanding principal of the series at 2022-12-31"
      When the principal of series "B" outstanding at 2022-12-31 is reported as $60,000,000 on 2023-08-02
      Then no request is answered again
      When the principal of series "A" outstanding at 2022-12-31 is reported as $4,500,000 on 2023-08-03
      Then request "A" is answered again
      And it is accepted
      And $90,000 is accepted
      And $10,000 is carried over

    Scenario: Neither is reported
      Given the issuer elected all limits for 2023
      And a complete request "A" for $100,000 of note XEXMP0110
      And the notes were acquired on 2022-03-01
      And the owner died on 2023-06-10
      When request "A" is received on 2023-08-01
      Then it is pended
      And it waits only for "outstanding principal of the series at 2022-12-31"

    Scenario: The series' limit was not elected: its principal is not waited for
      Given the issuer elected the annual limit alone for 2023
      And a complete request "A" for $100,000 of note XEXMP0110
      And the notes were acquired on 2022-03-01
      And the owner died on 2023-06-10
      When request "A" is received on 2023-08-01
      Then it is accepted
      And $100,000 is accepted

  Rule: A note's own row replaces the figures of the prospectus, one by one
    The row of note XEXMP0144, of series C, says $100,000 for one owner and 3 per cent for the series.

    Scenario Outline: One owner asks for <asked>, of a series of $<series>
      Given the issuer elected all limits for 2023
      And the principal outstanding at 2022-12-31 was reported as $150,000,000 on 2023-01-20
      And the principal of series "C" outstanding at 2022-12-31 was reported as $<series> on 2023-01-20
      And a complete request "A" for <asked> of note XEXMP0144
      And the notes were acquired on 2022-03-01
      And the owner died on 2023-06-10
      When request "A" is received on 2023-08-01
      Then it is accepted
      And <accepted> is accepted
      And <carried> is carried over

      Examples: 3 per cent of $3,000,000 are $90,000
        | series     | asked    | accepted | carried |
        | 60,000,000 | $100,000 | $100,000 | $0      |
        | 60,000,000 | $101,000 | $100,000 | $1,000  |
        | 3,000,000  | $90,000  | $90,000  | $0      |
        | 3,000,000  | $91,000  | $90,000  | $1,000  |

    Scenario: What the row leaves out stands as in the prospectus
      Given the issuer elected the annual limit alone for 2023
      And the principal outstanding at 2022-12-31 was reported as $90,000,000 on 2023-01-20
      And a complete request "A" for $2,001,000 of note XEXMP0144
      And the notes were acquired on 2022-03-01
      And the owner died on 2023-06-10
      When request "A" is received on 2023-08-01
      Then it is accepted
      And $2,000,000 is accepted

    Scenario: The owner's other note of the programme counts against both figures
      Of $250,000 for the owner by the prospectus $180,000 are used; of $100,000 by the row nothing is left.
      Given the issuer elected the individual limit for 2023
      And a complete request "A" for $180,000 of note XEXMP0110
      And the notes were acquired on 2022-03-01
      And the owner died on 2023-06-10
      And request "A" is received on 2023-08-01
      And a complete request "B" for $10,000 of note XEXMP0144
      And it is of the same owner as request "A"
      And the notes were acquired on 2022-03-01
      And the owner died on 2023-06-10
      When request "B" is received on 2023-08-02
      Then it is carried over
      Given a complete request "C" for $71,000 of note XEXMP0136
      And it is of the same owner as request "A"
      And the notes were acquired on 2022-03-01
      And the owner died on 2023-06-10
      When request "C" is received on 2023-08-03
      Then it is accepted
      And $70,000 is accepted
      And $1,000 is carried over
