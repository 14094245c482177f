Feature: Payment days of Acme Power's notes
  Interest is paid on the 15th of each month, or on the next day that is a business day in New York and at Acme Power.
  On Founders' Day Acme Power is closed, and New York is open.

  Scenario: The first interest, as Pricing Supplement No. 1 prints it
    When the interest payment on $1,000 of note XACMEP019 falls due on 2017-01-15
    Then it is accepted
    And $4.40 is paid on 2017-01-17

  Scenario: Sunday 15 October 2017 is followed by Founders' Day
    When the interest payment on $1,000 of note XACMEP019 falls due on 2017-10-15
    Then it is accepted
    And $3.00 is paid on 2017-10-17

  Scenario: Founders' Day 2018 is the 15th itself
    When the interest payment on $1,000 of note XACMEP019 falls due on 2018-10-15
    Then it is accepted
    And $3.00 is paid on 2018-10-16
