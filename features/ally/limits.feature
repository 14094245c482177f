Feature: Survivor's option: the limits of a calendar year
  The issuer may limit what it accepts in a calendar year: $250,000 for one deceased owner, and for
  the whole programme the greater of $2,000,000 or 2 per cent of the principal outstanding at the end
  of the year before. A limit binds only in a year for which the issuer elected it. The part that fits
  is accepted, in multiples of $1,000; what a limit keeps out is carried over, and counts as tendered
  in the next year, first tendered first.

  A complete request is that of the executor of a sole owner who acquired the notes on 2016-12-01 and
  died on 2017-06-10. It asks for the whole position, which stands in the deceased's account, and
  every paper is enclosed: death certificate, letters of authority, proof of ownership, repayment
  request and signature guarantee. Each scenario says only what is different, and what matters.

  Background:
    Given the programme is ally/term-notes-a

  Rule: A limit that was not elected does not bind

    Scenario: Nothing was elected
      Given a complete request for $300,000 of note 02006DLF6
      When the request is received on 2017-08-01
      Then it is accepted
      And $300,000 is accepted
      And "individual limit" is not found

    Scenario: The issuer elected no limits
      Given the issuer elected no limits for 2017
      And the principal outstanding at 2016-12-31 was reported as $85,000,000 on 2017-01-20
      And a complete request for $2,001,000 of note 02006DLF6
      When the request is received on 2017-08-01
      Then it is accepted
      And $2,001,000 is accepted

    Scenario Outline: The issuer elected <elected>, and what is outstanding was not reported: nothing waits for it
      Given the issuer elected <elected> for 2017
      And a complete request for <asked> of note 02006DLF6
      When the request is received on 2017-08-01
      Then it is accepted
      And <asked> is accepted
      And nothing stands against it
      And "annual limit while the outstanding principal is not reported" is not found

      Examples:
        | elected              | asked      |
        | no limits            | $2,001,000 |
        | the individual limit | $250,000   |

    Scenario: Nobody elected anything, and what is outstanding was not reported: nothing waits for it
      Given a complete request for $2,001,000 of note 02006DLF6
      When the request is received on 2017-08-01
      Then it is accepted
      And $2,001,000 is accepted

    Scenario: A limit elected for one year does not bind in the next
      Given the issuer elected the individual limit for 2017
      And a complete request for $300,000 of note 02006DLF6
      When the request is received on 2018-01-02
      Then it is accepted
      And $300,000 is accepted

  Rule: $250,000 for one deceased owner in one year

    Scenario: Just what the limit allows
      Given the issuer elected the individual limit for 2017
      And a complete request for $250,000 of note 02006DLF6
      When the request is received on 2017-08-01
      Then it is accepted
      And $250,000 is accepted
      And $0 is carried over
      And $250,729.17 is paid on 2017-09-15

    Scenario: One multiple more than the limit allows
      Given the issuer elected the individual limit for 2017
      And a complete request for $251,000 of note 02006DLF6
      When the request is received on 2017-08-01
      Then it is accepted
      And $250,000 is accepted
      And $1,000 is carried over

    Scenario: What does not fit is carried over, and why
      Given the issuer elected the individual limit for 2017
      And a complete request for $300,000 of note 02006DLF6
      When the request is received on 2017-08-01
      Then it is accepted
      And $250,000 is accepted
      And $50,000 is carried over
      And $0 is not accepted
      And "individual limit" is found, because "At most $250,000 is left for this owner this year."
      And $250,729.17 is paid on 2017-09-15

    Scenario: The next year's opening accepts what was carried over
      Given the issuer elected the individual limit for 2017
      And a complete request "A" for $300,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And the issuer elected the individual limit for 2018
      When the year 2018 is opened
      Then it is recorded
      And request "A" is answered again
      And it is accepted
      And $50,000 is accepted
      And $0 is carried over
      And the payment is due on 2018-02-15
      And $50,145.83 is paid on 2018-02-15

    Scenario: What does not fit the next year either waits another year
      Given the issuer elected the individual limit for 2017
      And the issuer elected the individual limit for 2018
      And the issuer elected the individual limit for 2019
      And a complete request "A" for $600,000 of note 02006DLF6
      When request "A" is received on 2017-11-06
      Then it is accepted
      And $250,000 is accepted
      And $350,000 is carried over
      And $250,729.17 is paid on 2017-12-15
      When the year 2018 is opened
      Then request "A" is answered again
      And it is accepted
      And $250,000 is accepted
      And $100,000 is carried over
      And $250,729.17 is paid on 2018-02-15
      When the year 2019 is opened
      Then request "A" is answered again
      And it is accepted
      And $100,000 is accepted
      And $0 is carried over
      And $100,291.67 is paid on 2019-02-15

    Scenario: One owner's notes of the programme count together
      Given the issuer elected the individual limit for 2017
      And a complete request "A" for $200,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And a complete request "B" for $100,000 of note 02006DLG4
      And it is of the same owner as request "A"
      When request "B" is received on 2017-08-02
      Then it is accepted
      And $50,000 is accepted
      And $50,000 is carried over

    Scenario: The limit is used up
      Given the issuer elected the individual limit for 2017
      And a complete request "A" for $250,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And a complete request "B" for $1,000 of note 02006DLG4
      And it is of the same owner as request "A"
      When request "B" is received on 2017-08-02
      Then it is carried over
      And $1,000 is carried over
      And nothing is paid

    Scenario: Another owner's tender may pass one that waits
      Given the issuer elected the individual limit for 2017
      And a complete request "A" for $300,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And a complete request "B" for $100,000 of note 02006DLF6
      When request "B" is received on 2017-08-02
      Then it is accepted
      And $100,000 is accepted

    Scenario: Nobody says who the owner is
      Given the issuer elected the individual limit for 2017
      And a complete request for $25,000 of note 02006DLF6
      And the owner is not given
      When the request is received on 2017-08-01
      Then it is pended
      And it waits only for "owner_ref"

    Scenario: A request uses up the limit of the year in which it is accepted
      Given the issuer elected the individual limit for 2017
      And a complete request for $300,000 of note 02006DLF6
      And the death certificate is missing
      And the request is received on 2017-12-20
      When the death certificate arrives on 2018-01-02
      Then it is accepted
      And $300,000 is accepted

  Rule: The greater of $2,000,000 or 2 per cent of what was outstanding

    Scenario Outline: <outstanding> outstanding: <asked> is within the limit
      Given the issuer elected the annual limit for 2017
      And the principal outstanding at 2016-12-31 was reported as <outstanding> on 2017-01-20
      And a complete request for <asked> of note 02006DLF6
      When the request is received on 2017-08-01
      Then it is accepted
      And <asked> is accepted
      And $0 is carried over

      Examples:
        | outstanding  | asked      |
        | $85,000,000  | $2,000,000 |
        | $100,000,000 | $2,000,000 |
        | $100,050,000 | $2,001,000 |
        | $150,000,000 | $3,000,000 |

    Scenario Outline: <outstanding> outstanding: <asked> is $1,000 beyond the limit
      Given the issuer elected the annual limit for 2017
      And the principal outstanding at 2016-12-31 was reported as <outstanding> on 2017-01-20
      And a complete request for <asked> of note 02006DLF6
      When the request is received on 2017-08-01
      Then it is accepted
      And <limit> is accepted
      And $1,000 is carried over
      And "annual limit" is found, because "At most <limit> is left under the programme's limit this year."
      And "annual limit while the outstanding principal is not reported" is not found

      Examples:
        | outstanding  | asked      | limit      |
        | $85,000,000  | $2,001,000 | $2,000,000 |
        | $100,000,000 | $2,001,000 | $2,000,000 |
        | $100,050,000 | $2,002,000 | $2,001,000 |
        | $150,000,000 | $3,001,000 | $3,000,000 |

    Scenario: A limit that is no multiple of $1,000
      Two per cent of $100,025,000 is $2,000,500.
      Given the issuer elected the annual limit for 2017
      And the principal outstanding at 2016-12-31 was reported as $100,025,000 on 2017-01-20
      And a complete request for $2,001,000 of note 02006DLF6
      When the request is received on 2017-08-01
      Then it is accepted
      And $2,000,000 is accepted
      And $1,000 is carried over

    Scenario: The issuer allows more
      Given the issuer elected the annual limit for 2017 and allows $3,000,000
      And a complete request for $3,001,000 of note 02006DLF6
      When the request is received on 2017-08-01
      Then it is accepted
      And $3,000,000 is accepted
      And $1,000 is carried over

    Scenario: Of two limits the smaller one binds
      Given the issuer elected both limits for 2017
      And the principal outstanding at 2016-12-31 was reported as $85,000,000 on 2017-01-20
      And a complete request for $300,000 of note 02006DLF6
      When the request is received on 2017-08-01
      Then it is accepted
      And $250,000 is accepted
      And $50,000 is carried over

    Scenario: First tendered, first accepted when the year opens
      Given the issuer elected the annual limit for 2017
      And the principal outstanding at 2016-12-31 was reported as $85,000,000 on 2017-01-20
      And a complete request "A" for $3,000,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And a complete request "B" for $2,500,000 of note 02006DLF6
      And request "B" is received on 2017-08-02
      And the issuer elected the annual limit for 2018
      And the principal outstanding at 2017-12-31 was reported as $85,000,000 on 2018-01-01
      When the year 2018 is opened
      Then the requests answered again are "A", then "B"
      And request "A" is answered again
      And $1,000,000 is accepted
      And request "B" is answered again
      And $1,000,000 is accepted
      And $1,500,000 is carried over

    Scenario: The day received counts, not the order in which requests are put in
      Given the issuer elected the annual limit for 2017
      And the principal outstanding at 2016-12-31 was reported as $85,000,000 on 2017-01-20
      And a complete request "first" for $2,000,000 of note 02006DLF6
      And request "first" is received on 2017-07-03
      And a complete request "later" for $1,500,000 of note 02006DLF6
      And request "later" is received on 2017-08-02
      And a complete request "earlier" for $1,500,000 of note 02006DLF6
      And request "earlier" is received on 2017-08-01
      And the issuer elected the annual limit for 2018
      And the principal outstanding at 2017-12-31 was reported as $85,000,000 on 2018-01-01
      When the year 2018 is opened
      Then the requests answered again are "earlier", then "later"
      And request "earlier" is answered again
      And $1,500,000 is accepted
      And request "later" is answered again
      And $500,000 is accepted

  Rule: Until the outstanding principal is reported, $2,000,000 is sure

    Scenario: What is within $2,000,000 is accepted at once
      Given the issuer elected the annual limit for 2017
      And a complete request for $2,000,000 of note 02006DLF6
      When the request is received on 2017-08-01
      Then it is accepted
      And $2,000,000 is accepted
      And nothing stands against it

    Scenario: What is beyond it waits for the report
      Given the issuer elected the annual limit for 2017
      And a complete request for $2,500,000 of note 02006DLF6
      When the request is received on 2017-08-01
      Then it is accepted
      And $2,000,000 is accepted
      And it waits only for "outstanding principal at 2016-12-31"
      And "annual limit while the outstanding principal is not reported" is found, because:
        """
        Until the principal outstanding at 2016-12-31 is reported, only $2,000,000 is sure to be
        within the limit.
        """

    Scenario: Once $2,000,000 is used up, a request waits whole
      Given the issuer elected the annual limit for 2017
      And a complete request "A" for $2,000,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And a complete request "B" for $1,000 of note 02006DLF6
      When request "B" is received on 2017-08-02
      Then it is pended
      And it waits only for "outstanding principal at 2016-12-31"
      And nothing is paid

    Scenario: The report shows that there is room
      Given the issuer elected the annual limit for 2017
      And a complete request "A" for $2,500,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      When the principal outstanding at 2016-12-31 is reported as $150,000,000 on 2017-08-10
      Then it is recorded
      And request "A" is answered again
      And it is accepted
      And $500,000 is accepted
      And the payment is due on 2017-09-15

    Scenario: The report shows that there is none
      Given the issuer elected the annual limit for 2017
      And a complete request "A" for $2,500,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      When the principal outstanding at 2016-12-31 is reported as $85,000,000 on 2017-08-10
      Then request "A" is answered again
      And it is carried over
      And $500,000 is carried over
