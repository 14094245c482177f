Feature: Calls that no shipped programme has
  The example programme is sold by nobody. Its note XEXMP0052 may be called on any day from 14 June 2020 on, in
  part pro rata, and before that because of a regulatory or a tax event.

  Rule: A regulatory event lets the note be called within ninety days of it

    Scenario: On the ninetieth day
      Half a month's interest on $1,000 at 3.6 per cent is $1.50.
      Given a call at par of all of note XEXMP0052 for 2018-05-30
      And the notice rests on a regulatory event of 2018-03-01
      And the notice gives the price as 100.5 %
      When notice of it is given on 2018-04-16
      Then it is accepted
      And $1,006.50 is paid for each $1,000 on 2018-05-30
      And "redeemed pro rata" is not found

    Scenario: A day later
      Given a call at par of all of note XEXMP0052 for 2018-05-31
      And the notice rests on a regulatory event of 2018-03-01
      And the notice gives the price as 100.5 %
      When notice of it is given on 2018-04-16
      Then it is rejected
      And "outside the event's window" is found

    Scenario: Notice on the day of the event
      Given a call at par of all of note XEXMP0052 for 2018-05-30
      And the notice rests on a regulatory event of 2018-04-16
      And the notice gives the price as 100.5 %
      When notice of it is given on 2018-04-16
      Then it is accepted

    Scenario: Notice the day before the event
      Given a call at par of all of note XEXMP0052 for 2018-05-30
      And the notice rests on a regulatory event of 2018-04-17
      And the notice gives the price as 100.5 %
      When notice of it is given on 2018-04-16
      Then it is rejected
      And "notice before the event" is found

    Scenario: At the issuer's own choice the note cannot be called so early
      Given a call at par of all of note XEXMP0052 for 2018-05-30
      When notice of it is given on 2018-04-16
      Then it is rejected
      And "not a call date" is found

  Rule: A tax event asks for ten business days' notice

    Scenario: Ten business days, the fifth of September being Labor Day
      Given a call at par of all of note XEXMP0052 for 2022-09-15
      And the notice rests on a tax event of 2022-08-01
      When notice of it is given on 2022-08-31
      Then it is accepted

    Scenario: Nine
      Given a call at par of all of note XEXMP0052 for 2022-09-15
      And the notice rests on a tax event of 2022-08-01
      When notice of it is given on 2022-09-01
      Then it is rejected
      And "short notice" is found

  Rule: A note that may be called on any day may be called on a Sunday

    Scenario: The first day named is a Sunday: Monday pays, and nothing is added
      Twenty-nine days' interest on $1,000 at 3.6 per cent is $2.90.
      Given a call at par of all of note XEXMP0052 for 2020-06-14
      When notice of it is given on 2020-06-09
      Then it is accepted
      And $1,002.90 is paid for each $1,000 on 2020-06-15
      And "redeemed pro rata" is not found

    Scenario: The day before
      Given a call at par of all of note XEXMP0052 for 2020-06-13
      When notice of it is given on 2020-06-08
      Then it is rejected
      And "not a call date" is found

  Rule: A part is called pro rata

    Scenario: A quarter of what is outstanding
      Given the programme is example/notes
      And the principal of note XEXMP0052 outstanding at 2020-12-31 was reported as $40,000,000 on 2021-01-20
      And a call at par of $10,000,000 of note XEXMP0052 for 2021-05-20
      When notice of it is given on 2021-05-03
      Then it is accepted
      And "redeemed pro rata" is found

    Scenario: All that is outstanding
      Given the programme is example/notes
      And the principal of note XEXMP0052 outstanding at 2020-12-31 was reported as $40,000,000 on 2021-01-20
      And a call at par of $40,000,000 of note XEXMP0052 for 2021-05-20
      When notice of it is given on 2021-05-03
      Then it is accepted

    Scenario: More than is outstanding
      Given the programme is example/notes
      And the principal of note XEXMP0052 outstanding at 2020-12-31 was reported as $40,000,000 on 2021-01-20
      And a call at par of $40,001,000 of note XEXMP0052 for 2021-05-20
      When notice of it is given on 2021-05-03
      Then it is rejected
      And "more than is outstanding" is found

    Scenario: Nobody reported what is outstanding
      Given a call at par of $10,000,000 of note XEXMP0052 for 2021-05-20
      When notice of it is given on 2021-05-03
      Then it is pended
      And it waits for "outstanding_reported of XEXMP0052"

    Scenario: Nothing is drawn by lot
      Given the programme is example/notes
      And the principal of note XEXMP0052 outstanding at 2020-12-31 was reported as $40,000,000 on 2021-01-20
      And a call at par of $10,000,000 of note XEXMP0052 for 2021-05-20
      And notice of it is given on 2021-05-03
      When a lot of $1,000 is drawn on 2021-05-10 of the position of $25,000 of "an owner"
      Then it is rejected
      And "chosen pro rata" is found

  Rule: A part is chosen by lot where the pricing supplement does not say otherwise
    The note XEXMP0094 may be called from 2024-06-15 on, in whole or in part.

    Scenario: What is drawn is redeemed
      Given a call at par of $5,000 of note XEXMP0094 for 2024-06-17
      And notice of it is given on 2024-05-10
      When a lot of $1,000 is drawn on 2024-05-20 of the position of $5,000 of "an owner"
      Then it is accepted
      And "chosen pro rata" is not found

    Scenario: Nothing is called pro rata, and no fraction of what is outstanding is worked out
      Given the programme is example/notes
      And the principal of note XEXMP0094 outstanding at 2023-12-31 was reported as $4,000 on 2024-01-20
      And a call at par of $5,000 of note XEXMP0094 for 2024-06-17
      When notice of it is given on 2024-05-10
      Then it is accepted
      And "redeemed pro rata" is not found
      And "more than is outstanding" is not found
