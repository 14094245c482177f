Feature: Payment days of Prudential Financial InterNotes

  Scenario: The printed first coupon, on a business day
    When the interest payment on $1,000 of note 74432AYW4 falls due on 2015-04-15
    Then it is accepted
    And $20.64 is paid on 2015-04-15

  Scenario: The printed first coupon, on a Saturday
    When the interest payment on $1,000 of note 74432BAF5 falls due on 2025-03-15
    Then it is accepted
    And $20.33 is paid on 2025-03-17

  Scenario: "Non-Callable"
    Given a call at par of all of note 74432AYW4 for 2018-04-15
    When notice of it is given on 2018-03-01
    Then it is rejected
    And "note cannot be called" is found
