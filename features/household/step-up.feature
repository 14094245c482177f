Feature: Household Finance: a note whose coupon steps up
  "Initial Coupon 4.25% steps to 4.85% on 7/15/05 and thereafter." A month of the one on $1,000 is
  $3.54, of the other $4.04. The note may be called from the day of the step.

  Scenario: Interest up to the step
    When the interest payment on $1,000 of note 44181EVJ4 falls due on 2005-07-15
    Then it is accepted
    And $3.54 is paid on 2005-07-15

  Scenario: Interest from the step
    When the interest payment on $1,000 of note 44181EVJ4 falls due on 2005-08-15
    Then it is accepted
    And $4.04 is paid on 2005-08-15

  Scenario: Called for the day of the step
    Given a call at par of all of note 44181EVJ4 for 2005-07-15
    When notice of it is given on 2005-06-10
    Then it is accepted
    And $1,003.54 is paid for each $1,000 on 2005-07-15

  Scenario: Called for the interest date before it
    Given a call at par of all of note 44181EVJ4 for 2005-06-15
    When notice of it is given on 2005-05-10
    Then it is rejected
    And "not a call date" is found
