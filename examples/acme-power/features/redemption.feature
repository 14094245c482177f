Feature: Redemption of Acme Power's notes
  "Callable at 100% on 12/15/2017 and monthly thereafter with 30 calendar days' notice."

  Scenario: Notice 30 days before
    Given a call at par of $1,000 of note XACMEP019 for 2017-12-15
    When notice of it is given on 2017-11-15
    Then it is accepted
    And $1,003.00 is paid on 2017-12-15

  Scenario: Notice 29 days before
    Given a call at par of $1,000 of note XACMEP019 for 2017-12-15
    When notice of it is given on 2017-11-16
    Then it is rejected
    And the near miss says "1 day"

  Scenario: A day that is no call date
    Given a call at par of $1,000 of note XACMEP019 for 2017-12-14
    When notice of it is given on 2017-11-01
    Then it is rejected
    And "not a call date" is found
