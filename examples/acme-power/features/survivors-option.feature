Feature: Survivor's option of Acme Power's notes
  "Notes whose owner dies within 180 days after their issue carry no Survivor's Option." The notes of Pricing
  Supplement No. 1 were issued on 2016-12-01. A complete request has every paper; each scenario says only what is
  different, and what matters.

  Scenario: The owner died 179 days after the issue
    Given a complete request for $25,000 of note XACMEP019
    And the owner died on 2017-05-29
    When the request is received on 2017-08-01
    Then it is rejected
    And "died too soon after the issue" is found, because:
      """
      The owner died 179 days after the issue; before 180 days there is no option.
      """
    And the near miss says "1 day"
    And nothing is paid

  Scenario: The owner died 180 days after the issue
    Given a complete request for $25,000 of note XACMEP019
    And the owner died on 2017-05-30
    When the request is received on 2017-08-01
    Then it is accepted
    And nothing stands against it

  Scenario: The day of death is not known
    Given a complete request for $25,000 of note XACMEP019
    And the day of death is not given
    When the request is received on 2017-08-01
    Then it is pended

  Scenario: Asked a day too late
    Given a complete request for $25,000 of note XACMEP019
    And the owner died on 2017-06-10
    When the request is received on 2018-06-11
    Then it is rejected
    And "asked too late" is found
