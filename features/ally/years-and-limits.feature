Feature: Survivor's option: which year a request counts in
  Limits are those of a calendar year. A request counts in the year in which it was complete, and never
  in one before its own day or before the last year opened, whatever day a later event gives. A year is
  opened within itself, one after the other; where limits bound in the year before, somebody has to say
  which bind in this one.

  A complete request is that of the executor of a sole owner who acquired the notes on 2016-12-01 and
  died on 2017-06-10. It asks for the whole position, which stands in the deceased's account, and
  every paper is enclosed: death certificate, letters of authority, proof of ownership, repayment
  request and signature guarantee. Each scenario says only what is different, and what matters.

  Background:
    Given the programme is ally/term-notes-a

  Rule: What is dated before the request it is about counts from the request's day

    Scenario Outline: The last paper is dated <dated>, the request 2017-08-01
      Given a complete request "A" for $20,000 of note 02006DLF6
      And the death certificate is missing
      And request "A" is received on 2017-08-01
      When the death certificate arrives on <dated>
      Then it is accepted
      And the payment is due on <due>
      And "dated before request" is <found>

      Examples: Before the death, the day before the request, its day, and the twentieth day before an interest date
        | dated      | due        | found     |
        | 2017-01-05 | 2017-09-15 | found     |
        | 2017-07-31 | 2017-09-15 | found     |
        | 2017-08-01 | 2017-09-15 | not found |
        | 2017-08-26 | 2017-09-15 | not found |
        | 2017-08-27 | 2017-10-15 | not found |

    Scenario: What it says of it
      Given a complete request "A" for $20,000 of note 02006DLG4
      And the death certificate is missing
      And request "A" is received on 2017-08-01
      When the death certificate arrives on 2017-01-05
      Then it is accepted
      And "dated before request" is found, because:
        """
        The event is dated 2017-01-05, before the request of 2017-08-01 it is about; it counts from the
        later day.
        """
      And "dated before latest" is found, because:
        """
        The event is dated 2017-01-05, before the latest one, of 2017-08-01; decisions made meanwhile
        stand.
        """

    Scenario: A particular that is dated before its request
      Given a complete request "A" for $20,000 of note 02006DLF6
      And the day acquired is not given
      And request "A" is received on 2017-08-01
      When it is told on 2017-07-03 that the notes were acquired on 2016-12-01
      Then it is accepted
      And the payment is due on 2017-09-15
      And "dated before request" is found

    Scenario: A person's decision that is dated before its request
      Given a complete request "A" for $20,000 of note 02006DLF6
      And the papers leave open who owned the notes at death
      And request "A" is received on 2017-08-01
      When a person lets the request go on, on 2017-07-03
      Then it is accepted
      And the payment is due on 2017-09-15
      And "dated before request" is found

  Rule: The year of the limit is that in which the request was complete

    Scenario Outline: The limit of 2017 is used up, and the other request's last paper is dated <dated>
      Given the issuer elected the individual limit for 2017
      And a complete request "A" for $250,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And a complete request "B" for $250,000 of note 02006DLF6
      And it is of the same owner as request "A"
      And the notes stand in account "broker-2"
      And the position is $500,000
      And the death certificate is missing
      And request "B" is received on 2017-08-02
      When the death certificate arrives on <dated>
      Then it is carried over
      And $0 is accepted
      And $250,000 is carried over
      And request "A" stands accepted for $250,000

      Examples: A year before, before the request, and within the year
        | dated      |
        | 2016-08-05 |
        | 2017-01-05 |
        | 2017-08-02 |
        | 2017-12-31 |

    Scenario: The last paper comes on the first day of the next year, in which nothing was elected
      Given the issuer elected the individual limit for 2017
      And a complete request "A" for $250,000 of note 02006DLG4
      And request "A" is received on 2017-08-01
      And a complete request "B" for $260,000 of note 02006DLG4
      And it is of the same owner as request "A"
      And the notes stand in account "broker-2"
      And the position is $510,000
      And the death certificate is missing
      And request "B" is received on 2017-08-02
      When the death certificate arrives on 2018-01-01
      Then it is accepted
      And $260,000 is accepted

    Scenario: A paper dated in a year that is over counts from the first day of the one that was opened
      The limit of 2017 is used up, and that of 2018 is not. 2018-01-09 is 20 days after 2017-12-20, and 2018-01-21 20 days after 2018-01-01.
      Given the issuer elected the individual limit for 2017
      And the issuer elected the individual limit for 2018
      And a complete request "A" for $250,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And a complete request "B" for $260,000 of note 02006DLG4
      And it is of the same owner as request "A"
      And the death certificate is missing
      And request "B" is received on 2017-08-02
      And the year 2018 is opened
      When the death certificate arrives on 2017-12-20
      Then it is accepted
      And $250,000 is accepted
      And $10,000 is carried over
      And the payment is due on 2018-02-15

    Scenario: So does a request that is put in late
      Given the issuer elected the individual limit for 2017
      And the issuer elected the individual limit for 2018
      And a complete request "A" for $250,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And the year 2018 is opened
      And a complete request "B" for $260,000 of note 02006DLG4
      And it is of the same owner as request "A"
      When request "B" is received on 2017-12-20
      Then it is accepted
      And $250,000 is accepted
      And $10,000 is carried over
      And the payment is due on 2018-02-15
      And "dated before latest" is found

    Scenario: Its place in the queue is still that of the day it was received
      Given the issuer elected the annual limit for 2017
      And the issuer elected the annual limit for 2018
      And the issuer elected the annual limit for 2019
      And the principal outstanding at 2017-12-31 was reported as $85,000,000 on 2018-01-01
      And the principal outstanding at 2018-12-31 was reported as $85,000,000 on 2019-01-01
      And a complete request "first" for $2,000,000 of note 02006DLG4
      And request "first" is received on 2018-02-01
      And a complete request "later" for $1,500,000 of note 02006DLG4
      And request "later" is received on 2018-03-02
      And a complete request "earlier" for $1,500,000 of note 02006DLG4
      And request "earlier" is received on 2018-03-01
      When the year 2019 is opened
      Then the requests answered again are "earlier", then "later"
      And request "earlier" is answered again
      And $1,500,000 is accepted
      And request "later" is answered again
      And $500,000 is accepted

  Rule: A year is opened within itself, one after the last one opened

    Scenario: The next year, on its first day
      Given the issuer elected the individual limit for 2017
      And the issuer elected the individual limit for 2018
      And a complete request "A" for $300,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      When the year 2018 is opened on 2018-01-01
      Then it is recorded
      And request "A" is answered again
      And $50,000 is accepted

    Scenario Outline: Next year is opened on <day>
      Given the issuer elected the individual limit for 2017
      And a complete request "A" for $300,000 of note 02006DLF6
      And request "A" is received on 2017-07-06
      When the year 2018 is opened on <day>
      Then it is referred
      And "not the next year" is found, because "2018 is not the year of <day>: a year is opened within it."
      And no request is answered again
      And request "A" stands accepted for $250,000

      Examples: In August, and on the last day of the year before
        | day        |
        | 2017-08-05 |
        | 2017-12-31 |

    Scenario: A slip of the keys opens nothing, and the right year is opened after it
      Given the issuer elected the individual limit for 2017
      And the issuer elected the individual limit for 2018
      And a complete request "A" for $300,000 of note 02006DLF6
      And request "A" is received on 2017-11-06
      When the year 2108 is opened on 2018-01-03
      Then it is referred
      And no request is answered again
      When the year 2018 is opened on 2018-01-03
      Then it is recorded
      And request "A" is answered again
      And it is accepted
      And request "A" stands accepted for $300,000

    Scenario: A year that is behind is not opened again
      Given the issuer elected the individual limit for 2017
      And the issuer elected the individual limit for 2018
      And a complete request "A" for $600,000 of note 02006DLF6
      And request "A" is received on 2017-11-06
      And the year 2018 is opened on 2018-01-03
      When the year 2016 is opened on 2016-01-01
      Then it is referred
      And "not the next year" is found, because "The last year opened is 2018, so 2019 is opened next, not 2016."
      And no request is answered again
      And request "A" stands accepted for $500,000

    Scenario: A year is not opened twice
      Given the issuer elected the individual limit for 2017
      And the issuer elected the individual limit for 2018
      And a complete request "A" for $600,000 of note 02006DLG4
      And request "A" is received on 2017-11-06
      And the year 2018 is opened on 2018-01-03
      When the year 2018 is opened on 2018-02-01
      Then it is referred
      And no request is answered again
      And request "A" stands accepted for $500,000

    Scenario: A year is not left out
      Given the issuer elected the individual limit for 2017
      And the issuer elected the individual limit for 2018
      And the issuer elected the individual limit for 2019
      And a complete request "A" for $600,000 of note 02006DLG4
      And request "A" is received on 2017-11-06
      And the year 2018 is opened
      When the year 2020 is opened
      Then it is referred
      And "not the next year" is found
      When the year 2019 is opened on 2019-12-31
      Then it is recorded
      And request "A" is answered again
      And $100,000 is accepted

    Scenario: A programme that there is not
      Given the programme is ally/term-notes-b
      When the year 2018 is opened
      Then it is referred
      And "programme not known" is found

  Rule: What waits is let in once it is known which limits bind

    Scenario: Limits bound in 2017, and nobody has said what binds in 2018
      Given the issuer elected the individual limit for 2017
      And a complete request "A" for $400,000 of note 02006DLF6
      And request "A" is received on 2017-11-06
      When the year 2018 is opened on 2018-01-03
      Then it is recorded
      And request "A" is answered again
      And it is pended
      And $150,000 is pended
      And it waits only for "limits_elected for 2018"
      And "limits not elected" is found, because:
        """
        Limits bound before, and nobody has said which bind in 2018; what they kept out goes on waiting.
        """
      And request "A" stands accepted for $250,000

    Scenario Outline: It is said later that <limits> bind in 2018
      Given the issuer elected the individual limit for 2017
      And a complete request "A" for $600,000 of note 02006DLF6
      And request "A" is received on 2017-11-06
      And the year 2018 is opened on 2018-01-03
      When the issuer elects <limits> for 2018 on 2018-01-27
      Then it is recorded
      And request "A" is answered again
      And it is accepted
      And <accepted> is accepted
      And <carried> is carried over
      And the payment is due on 2018-03-15

      Examples: It counts from the day it was said
        | limits               | accepted | carried  |
        | the individual limit | $250,000 | $100,000 |
        | no limits            | $350,000 | $0       |

    Scenario: First tendered, first let in
      Given the issuer elected the annual limit for 2017
      And the principal outstanding at 2016-12-31 was reported as $85,000,000 on 2017-01-20
      And a complete request "A" for $3,000,000 of note 02006DLG4
      And request "A" is received on 2017-08-01
      And a complete request "B" for $2,500,000 of note 02006DLG4
      And request "B" is received on 2017-08-02
      And the principal outstanding at 2017-12-31 was reported as $85,000,000 on 2018-01-01
      And the year 2018 is opened
      When the issuer elects the annual limit for 2018 on 2018-01-10
      Then the requests answered again are "A", then "B"
      And request "A" is answered again
      And $1,000,000 is accepted
      And request "B" is answered again
      And $1,000,000 is accepted
      And $1,500,000 is carried over

    Scenario: The limit is known, and its base is not
      Given the issuer elected the annual limit for 2017
      And the principal outstanding at 2016-12-31 was reported as $85,000,000 on 2017-01-20
      And a complete request "A" for $5,000,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And the issuer elected the annual limit for 2018
      When the year 2018 is opened on 2018-01-02
      Then request "A" is answered again
      And $2,000,000 is accepted
      And $1,000,000 is pended
      And it waits only for "outstanding principal at 2017-12-31"
      When the principal outstanding at 2017-12-31 is reported as $125,000,000 on 2018-01-08
      Then request "A" is answered again
      And $500,000 is accepted
      And $500,000 is carried over
      And request "A" stands accepted for $4,500,000

    Scenario: No limit bound in 2017, so none is waited for in 2018
      Given the issuer elected no limits for 2017
      And a complete request "A" for $400,000 of note 02006DLF6
      And request "A" is received on 2017-11-06
      When the year 2018 is opened
      Then it is recorded
      And no request is answered again
      And request "A" stands accepted for $400,000

  Rule: What was said of a year is not said otherwise once it was used

    Scenario: The same again
      Given the issuer elected the individual limit for 2017
      And a complete request "A" for $400,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      When the issuer elects the individual limit for 2017 on 2017-08-02
      Then it is recorded
      And no request is answered again

    Scenario: A second limit, after principal was accepted under the first
      Given the issuer elected the individual limit for 2017
      And a complete request "A" for $400,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      When the issuer elects both limits for 2017 on 2017-08-02
      Then it is referred
      And "told otherwise" is found, because:
        """
        For 2017 the issuer said otherwise before, and principal was accepted by that; an election that
        binds more needs the earlier one to be voided.
        """

    Scenario: A second limit, before anything was accepted
      Given the issuer elected the individual limit for 2017
      And the issuer elected both limits for 2017 on 2017-01-03
      And the principal outstanding at 2016-12-31 was reported as $85,000,000 on 2017-01-20
      And a complete request "A" for $250,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And a complete request "B" for $2,000,000 of note 02006DLG4
      When request "B" is received on 2017-08-02
      Then it is accepted
      And $250,000 is accepted

    Scenario: A limit is dropped: what it kept out is let in
      Given the issuer elected the individual limit for 2017
      And a complete request "A" for $400,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      When the issuer elects no limits for 2017 on 2017-08-02
      Then it is recorded
      And request "A" is answered again
      And $150,000 is accepted
      And $0 is carried over

    Scenario Outline: $150,000,000 was reported for 2017-12-31, and now <second> is
      Given the principal outstanding at 2017-12-31 was reported as $150,000,000 on 2018-01-02
      When the principal outstanding at 2017-12-31 is reported as <second> on 2018-01-03
      Then it is <outcome>

      Examples: Far less, a cent less, and the same
        | second          | outcome  |
        | $1,000          | referred |
        | $149,999,999.99 | referred |
        | $150,000,000    | recorded |

    Scenario: The first figure stands
      Given the issuer elected the annual limit for 2018
      And the principal outstanding at 2017-12-31 was reported as $150,000,000 on 2018-01-02
      When the principal outstanding at 2017-12-31 is reported as $1,000 on 2018-01-03
      Then it is referred
      And "told otherwise" is found, because:
        """
        For 2017-12-31 $150,000,000 is on record as outstanding; now it is $1,000. A person has to say
        which is right, and void the other.
        """
      Given a complete request "A" for $3,001,000 of note 02006DLG4
      When request "A" is received on 2018-02-01
      Then $3,000,000 is accepted
      And $1,000 is carried over

    Scenario: Another day's figure, or that of one note alone, contradicts nothing
      Given the principal outstanding at 2017-12-31 was reported as $150,000,000 on 2018-01-02
      When the principal outstanding at 2016-12-31 is reported as $140,000,000 on 2018-01-03
      Then it is recorded
      When the principal of note 02006DLF6 outstanding at 2017-12-31 is reported as $40,000,000 on 2018-01-03
      Then it is recorded
