Feature: What other programmes word otherwise
  The example programme is sold by nobody. It words, in rule files alone, paragraphs that real programmes
  were read to have and none that ships has.

  A complete request is that of the executor of a sole owner who acquired the notes on 2016-12-01 and
  died on 2017-06-10; it asks for the whole position, and every paper an executor has to bring for a
  note is enclosed. Each scenario says only what is different.

  Rule: A death inside the window leaves the option void

    Scenario: The owner dies one day short of six months after buying
      Given a complete request for $25,000 of note XEXMP0003
      And the owner died on 2017-05-31
      When the request is received on 2017-08-01
      Then it is rejected
      And "death inside the window" is found, because "The owner died 5 months after acquiring the notes; a death within 6 months leaves the option void."
      And the near miss says "1 day"

    Scenario: The owner dies six months after buying, to the day
      Given a complete request for $25,000 of note XEXMP0003
      And the owner died on 2017-06-01
      When the request is received on 2017-08-01
      Then it is accepted

    Scenario: Waiting does not help: the estate's time is not counted
      Given a complete request for $25,000 of note XEXMP0003
      And the owner died on 2017-05-31
      When the request is received on 2019-05-31
      Then it is rejected

  Rule: There is no deadline after the death

    Scenario: Two years after the death
      Given a complete request for $25,000 of note XEXMP0003
      When the request is received on 2019-06-11
      Then it is accepted

  Rule: The limit is taken of what is outstanding at the end of the fiscal year

    Scenario: 1 per cent of what was outstanding on 30 September
      Given the programme is example/notes
      And the issuer elected the annual limit for 2017
      And the principal outstanding at 2016-09-30 was reported as $100,000,000 on 2017-01-03
      And a complete request for $1,000,000 of note XEXMP0003
      When the request is received on 2017-08-01
      Then it is accepted

    Scenario: What was outstanding on 31 December does not count
      Given the programme is example/notes
      And the issuer elected the annual limit for 2017
      And the principal outstanding at 2016-12-31 was reported as $100,000,000 on 2017-01-03
      And a complete request for $1,000,000 of note XEXMP0003
      When the request is received on 2017-08-01
      Then it is pended
      And it waits for "outstanding principal at 2016-09-30"

  Rule: A tender that does not fit waits whole

    Scenario: Just as much as the limit for one owner
      Given the programme is example/notes
      And the issuer elected the individual limit for 2017
      And a complete request for $100,000 of note XEXMP0003
      When the request is received on 2017-08-01
      Then it is accepted
      And $100,000 is accepted

    Scenario: One piece more
      Given the programme is example/notes
      And the issuer elected the individual limit for 2017
      And a complete request for $101,000 of note XEXMP0003
      When the request is received on 2017-08-01
      Then it is carried over
      And $0 is accepted
      And $101,000 is carried over

  Rule: The issuer may purchase instead of repaying

    Scenario: The answer says so
      A month's interest on $25,000 at 3.6 per cent is $75.
      Given a complete request for $25,000 of note XEXMP0003
      When the request is received on 2017-08-01
      Then it is accepted
      And $25,075.00 is paid on 2017-09-15
      And the issuer may choose to purchase the note instead

  Rule: A request may be taken back until it is accepted

    Scenario: It still waits for a paper
      Given a complete request "A" for $25,000 of note XEXMP0003
      And the death certificate is missing
      And the request is received on 2017-08-01
      When withdrawal of the request is asked for on 2017-08-02
      Then it is accepted
      And "taken back before acceptance" is found
      And $25,000 is not accepted
      And nothing is paid
      And request "A" stands accepted for $0

    Scenario: It was accepted, and then a question has stopped it: it may still be taken back
      Given a complete request "A" for $25,000 of note XEXMP0003
      And the request is received on 2017-08-01
      And it is reported on 2017-08-02 that the ownership at death is no
      When withdrawal of the request is asked for on 2017-08-03
      Then it is accepted
      And $25,000 is taken back
      And request "A" stands accepted for $0

    Scenario: It has been accepted
      Given a complete request "A" for $25,000 of note XEXMP0003
      And the request is received on 2017-08-01
      When withdrawal of the request is asked for on 2017-08-02
      Then it is rejected
      And "too late to take back" is found
      And request "A" stands accepted for $25,000

  Rule: Notes of 2018: a deadline that was read in the prospectus refuses who asks later

    Scenario: Twelve months after the death
      Given a complete request for $25,000 of note XEXMP0037
      And the notes were acquired on 2018-03-01
      And the owner died on 2019-06-10
      When the request is received on 2020-06-10
      Then it is accepted
      And "asked too late" was missed by "1 day"

    Scenario: Twelve months and a day after the death
      Given a complete request for $25,000 of note XEXMP0037
      And the notes were acquired on 2018-03-01
      And the owner died on 2019-06-10
      When the request is received on 2020-06-11
      Then it is rejected
      And "asked too late" is found, because "The request was received more than 12 months after the death."

  Rule: Notes of 2020: twelve months from the issue, whoever held them

    Scenario: One day short of twelve months from the issue
      Given a complete request for $25,000 of note XEXMP0011
      And the notes were acquired on 2020-03-02
      And the owner died on 2020-06-10
      When the request is received on 2021-03-01
      Then it is rejected
      And "too soon after the issue" is found, because "The request came 11 months after the notes were issued; 12 months are needed."
      And the near miss says "1 day"

    Scenario: Twelve months from the issue, bought the day before
      Given a complete request for $25,000 of note XEXMP0011
      And the notes were acquired on 2021-03-01
      And the owner died on 2021-03-01
      When the request is received on 2021-03-02
      Then it is accepted

  Rule: Notes of 2020: one that waits for the limit is not passed

    Scenario: A later, smaller tender waits behind one that does not fit
      Of the note's $1,000,000 the first tender takes $999,000; $1,000 is left, and the third asks for no more.
      Given the programme is example/notes
      And the issuer elected the individual limit for 2021 on 2021-01-04 and allows owner "owner of first" $999,000
      And a complete request "first" for $999,000 of note XEXMP0011
      And the notes were acquired on 2020-03-02
      And the owner died on 2021-06-10
      And the request is received on 2021-07-01
      And a complete request "second" for $200,000 of note XEXMP0011
      And the notes were acquired on 2020-03-02
      And the owner died on 2021-06-10
      And the request is received on 2021-07-02
      And a complete request "third" for $1,000 of note XEXMP0011
      And the notes were acquired on 2020-03-02
      And the owner died on 2021-06-10
      When the request is received on 2021-07-05
      Then it is pended
      And "annual limit while the outstanding principal is not reported" is found, because "Until the principal outstanding at 2020-12-31 is reported, only $0 is sure to be within the limit."

    Scenario: One that only its owner's own limit keeps out is passed
      Given the programme is example/notes
      And a complete request "first" for $201,000 of note XEXMP0011
      And the notes were acquired on 2020-03-02
      And the owner died on 2021-06-10
      When the request is received on 2021-07-01
      Then it is carried over
      Given a complete request "second" for $1,000 of note XEXMP0011
      And the notes were acquired on 2020-03-02
      And the owner died on 2021-06-10
      When the request is received on 2021-07-02
      Then it is accepted
      And $1,000 is accepted

    Scenario: A tender for another note of the programme does not wait behind it
      Given the programme is example/notes
      And a complete request "first" for $201,000 of note XEXMP0011
      And the notes were acquired on 2020-03-02
      And the owner died on 2021-06-10
      And the request is received on 2021-07-01
      And a complete request "second" for $1,000 of note XEXMP0029
      And the notes were acquired on 2020-03-02
      And the owner died on 2021-06-10
      When the request is received on 2021-07-02
      Then it is accepted
