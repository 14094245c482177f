Feature: A call taken back
  A notice that makes the redemption depend on a condition may be taken back until the redemption
  date, that day included. Any other notice stands once it is given.

  Scenario: A conditional notice is taken back on the redemption date
    Given a call at par of all of note 02006DLF6 for 2018-01-15
    And the notice is conditional
    And notice of it is given on 2017-11-20
    When the notice is taken back on 2018-01-15
    Then it is accepted
    And nothing is paid
    And "rescinded too late" was missed by "1 day"

  Scenario: A conditional notice is taken back the day after
    Given a call at par of all of note 02006DLF6 for 2018-01-15
    And the notice is conditional
    And notice of it is given on 2017-11-20
    When the notice is taken back on 2018-01-16
    Then it is rejected
    And "rescinded too late" is found, because:
      """
      The rescission was received on 2018-01-16, after the redemption date 2018-01-15.
      """
    And the near miss says "1 day"

  Scenario: A notice without a condition stands
    Given a call at par of all of note 02006DLF6 for 2018-01-15
    And notice of it is given on 2017-11-20
    When the notice is taken back on 2017-11-21
    Then it is rejected
    And these are found, each with its clause:
      | found         | clause             |
      | notice stands | Redemption, notice |

  Scenario: A notice is taken back only once
    Given a call at par of all of note 02006DLF6 for 2018-01-15
    And the notice is conditional
    And notice of it is given on 2017-11-20
    And the notice is taken back on 2017-11-21
    When the notice is taken back on 2017-11-22
    Then it is rejected
    And "rescinded before" is found

  Scenario: Nobody gave such a notice
    Given a call at par of all of note 02006DLF6 for 2018-01-15
    When the notice is taken back on 2017-11-21
    Then it is referred
    And "notice not known" is found

  Scenario: A request that the call had ended is brought back
    Given a complete request "A" for $25,000 of note 02006DLF6
    And request "A" is received on 2017-12-27
    And a call at par of all of note 02006DLF6 for 2018-02-15
    And the notice is conditional
    And notice of it is given on 2017-12-28
    When the notice is taken back on 2018-01-02
    Then it is accepted
    And request "A" is answered again
    And it is recorded
    And "brought back" is found

  Scenario: After that the note may be called again
    Given a call at par of all of note 02006DLF6 for 2018-01-15
    And the notice is conditional
    And notice of it is given on 2017-11-20
    And the notice is taken back on 2017-11-21
    And a call at par of all of note 02006DLF6 for 2018-01-15
    When notice of it is given on 2017-11-22
    Then it is accepted
