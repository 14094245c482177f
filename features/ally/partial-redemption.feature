Feature: Redemption in part, by lot
  Where only part of a note is called, a lottery among its holders says how much of each position is
  redeemed. Each answer is about one position: it is redeemed as the notice says, in multiples of
  $1,000, and a position of $1,000 or less is redeemed whole or not at all.

  Background: $5,000 are called, and paid on the Tuesday after a holiday
    Given a call at par of $5,000 of note 02006DLF6 for 2018-01-15
    And notice of it is given on 2017-11-20

  Scenario: Part of a position is drawn
    When a lot of $2,000 is drawn on 2017-12-01 of the position of $5,000 of "owner 1"
    Then it is accepted
    And $2,000 is accepted
    And $2,005.83 is paid on 2018-01-16

  Scenario: A whole position is drawn
    When a lot of $2,000 is drawn on 2017-12-01 of the position of $2,000 of "owner 1"
    Then it is accepted
    And $2,005.83 is paid on 2018-01-16

  Scenario: A position is passed by
    When a lot of $0 is drawn on 2017-12-01 of the position of $5,000 of "owner 1"
    Then it is accepted
    And nothing is paid

  Scenario: More is drawn than the position holds
    When a lot of $2,000 is drawn on 2017-12-01 of the position of $1,999.99 of "owner 1"
    Then it is referred
    And "drawn beyond the position" is found

  Scenario: The smallest position is drawn whole
    When a lot of $1,000 is drawn on 2017-12-01 of the position of $1,000 of "owner 1"
    Then it is accepted
    And $1,002.92 is paid on 2018-01-16

  Scenario: The smallest position is drawn in part
    When a lot of $500 is drawn on 2017-12-01 of the position of $1,000 of "owner 1"
    Then it is rejected
    And these are found, each with its clause:
      | found                  | clause                         |
      | small position in part | Redemption, selection of notes |
      | drawn in odd amounts   | Redemption, selection of notes |

  Scenario: An odd amount is drawn of a larger position
    When a lot of $1,500 is drawn on 2017-12-01 of the position of $5,000 of "owner 1"
    Then it is rejected
    And these are found, each with its clause:
      | found                | clause                         |
      | drawn in odd amounts | Redemption, selection of notes |

  Scenario: The lots add up to what was called
    Given a lot of $2,000 is drawn on 2017-12-01 of the position of $5,000 of "owner 1"
    When a lot of $3,000 is drawn on 2017-12-01 of the position of $5,000 of "owner 2"
    Then it is accepted

  Scenario: The lots add up to more than was called
    Given a lot of $2,000 is drawn on 2017-12-01 of the position of $5,000 of "owner 1"
    When a lot of $4,000 is drawn on 2017-12-01 of the position of $5,000 of "owner 2"
    Then it is rejected
    And "drawn beyond the call" is found, because "With this lot $6,000 is drawn in all; the notice called $5,000."

  Scenario: A second lot for the same owner
    Given a lot of $2,000 is drawn on 2017-12-01 of the position of $5,000 of "owner 1"
    When a lot of $1,000 is drawn on 2017-12-01 of the position of $5,000 of "owner 1"
    Then it is referred
    And "drawn twice" is found

  Scenario: Nothing is drawn where the whole note is called
    Given a call at par of all of note 02006DLF6 for 2018-02-15
    And notice of it is given on 2017-11-20
    When a lot of $2,000 is drawn on 2017-12-01 of the position of $5,000 of "owner 1"
    Then it is rejected
    And "called in whole" is found

  Scenario: Nothing is drawn under a notice that was taken back
    Given a call at par of $5,000 of note 02006DLF6 for 2018-02-15
    And the notice is conditional
    And notice of it is given on 2017-11-20
    And the notice is taken back on 2017-11-27
    When a lot of $2,000 is drawn on 2017-12-01 of the position of $5,000 of "owner 1"
    Then it is rejected
    And "notice was taken back" is found

  Scenario: Nobody gave such a notice
    Given a call at par of $5,000 of note 02006DLF6 for 2018-03-15
    When a lot of $2,000 is drawn on 2017-12-01 of the position of $5,000 of "owner 1"
    Then it is referred
    And "notice not known" is found
