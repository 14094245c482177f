Feature: CFC InterNotes
  Of their pricing supplements the row of each note was read, but not whether it may be called.

  Scenario: The printed first coupon, on a Saturday: Monday pays, and nothing is added
    When the interest payment on $1,000 of note 63743F2P0 falls due on 2024-06-15
    Then it is accepted
    And $5.00 is paid on 2024-06-17

  Scenario: The printed first coupon, on a business day
    When the interest payment on $1,000 of note 63743FF68 falls due on 2018-03-15
    Then it is accepted
    And $2.83 is paid on 2018-03-15

  Scenario: A survivor is repaid on the first interest date twenty days after acceptance
    A month's interest on $25,000 at 3.4 per cent is $70.83.
    Given a complete request for $25,000 of note 63743FF68
    And the notes were acquired on 2018-02-15
    And the owner died on 2018-09-10
    When the request is received on 2018-10-01
    Then it is accepted
    And $25,070.83 is paid on 2018-11-15

  Scenario: A call of a note whose redemption nobody has read
    Given a call at par of all of note 63743FF68 for 2020-02-15
    When notice of it is given on 2020-01-02
    Then it is referred
    And "redemption terms not read" is found
    And "note cannot be called" is not found

  Scenario: A redemption that falls due of a note of which nobody has read whether it may be called
    When the redemption payment on $1,000 of note 63743FF68 falls due on 2020-02-15
    Then it is referred
    And "redemption terms not read" is found
    And "not a redemption date" is not found
