Feature: Survivor's option: how much may be repaid
  Principal is repaid in multiples of $1,000, never more than the position holds, and never so that
  less than $1,000 would be left of it.

  A complete request is that of the executor of a sole owner who acquired the notes on 2016-12-01 and
  died on 2017-06-10. It asks for the whole position, which stands in the deceased's account, and
  every paper is enclosed: death certificate, letters of authority, proof of ownership, repayment
  request and signature guarantee. Each scenario says only what is different, and what matters.

  Scenario Outline: <asked> of a position of <position> is repaid
    Given a complete request for <asked> of note 02006DLF6
    And the position is <position>
    When the request is received on 2017-08-01
    Then it is accepted
    And <asked> is accepted
    And nothing stands against it

    Examples: All of it, or so that $1,000 or more is left
      | asked   | position |
      | $1,000  | $1,000   |
      | $25,000 | $25,000  |
      | $24,000 | $25,000  |
      | $25,000 | $26,000  |

  Scenario Outline: <asked> of a position of <position> is not repaid
    Given a complete request for <asked> of note 02006DLF6
    And the position is <position>
    When the request is received on 2017-08-01
    Then it is rejected
    And these are found, each with its clause:
      | found   | clause                     |
      | <found> | Survivor's option, amounts |
    And <asked> is not accepted

    Examples:
      | asked      | position   | found                  |
      | $25,000.01 | $27,000    | not in whole multiples |
      | $25,500    | $27,000    | not in whole multiples |
      | $25,000    | $24,999.99 | more than the position |
      | $25,000    | $24,000    | more than the position |
      | $25,000    | $25,999.99 | leaves too little      |
      | $25,000    | $25,000.01 | leaves too little      |

  Scenario: How much too much was asked for
    Given a complete request for $25,000 of note 02006DLF6
    And the position is $24,000
    When the request is received on 2017-08-01
    Then "more than the position" is found, because:
      """
      The request asks for $25,000, and the position holds $24,000.
      """

  Scenario: Nobody says what the position was
    Given a complete request for $25,000 of note 02006DLF6
    And the position is not given
    When the request is received on 2017-08-01
    Then it is pended
    And it waits only for "position"

  Scenario: Two requests of one owner fit the position together
    Given a complete request "A" for $15,000 of note 02006DLF6
    And the position is $25,000
    And request "A" is received on 2017-08-01
    And a complete request "B" for $10,000 of note 02006DLF6
    And the position is $25,000
    And it is of the same owner as request "A"
    When request "B" is received on 2017-08-02
    Then it is accepted

  Scenario: Two requests of one owner ask for more than the position
    Given a complete request "A" for $15,000 of note 02006DLF6
    And the position is $25,000
    And request "A" is received on 2017-08-01
    And a complete request "B" for $11,000 of note 02006DLF6
    And the position is $25,000
    And it is of the same owner as request "A"
    When request "B" is received on 2017-08-02
    Then it is rejected
    And "position already tendered" is found, because:
      """
      Other open requests already ask for $15,000 of the position of $25,000.
      """

  Scenario: The same position of another owner is another matter
    Given a complete request "A" for $25,000 of note 02006DLF6
    And request "A" is received on 2017-08-01
    And a complete request "B" for $25,000 of note 02006DLF6
    When request "B" is received on 2017-08-02
    Then it is accepted

  Scenario: Another request is open, and nobody says who the owner is
    Given a complete request "A" for $15,000 of note 02006DLF6
    And request "A" is received on 2017-08-01
    And a complete request "B" for $10,000 of note 02006DLF6
    And the owner is not given
    When request "B" is received on 2017-08-02
    Then it is pended
    And it waits only for "owner_ref"

  Scenario: The whole position has been repaid
    Given a complete request "A" for $25,000 of note 02006DLF6
    And request "A" is received on 2017-08-01
    And request "A" is repaid $25,000 due on 2017-09-15
    And a complete request "B" for $25,000 of note 02006DLF6
    And it is of the same owner as request "A"
    When request "B" is received on 2017-09-18
    Then it is rejected
    And "position already repaid" is found

  Scenario: Part of the position has been repaid
    Given a complete request "A" for $15,000 of note 02006DLF6
    And the position is $25,000
    And request "A" is received on 2017-08-01
    And request "A" is repaid $15,000 due on 2017-09-15
    And a complete request "B" for $10,000 of note 02006DLF6
    And it is of the same owner as request "A"
    When request "B" is received on 2017-09-18
    Then it is accepted
