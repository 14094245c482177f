Feature: Survivor's option: the right to repayment
  When the owner has died, whoever represents the owner may have the note repaid at par before it
  matures, if its pricing supplement gives it the survivor's option.

  A complete request is that of the executor of a sole owner who acquired the notes on 2016-12-01 and
  died on 2017-06-10. It asks for the whole position, which stands in the deceased's account, and
  every paper is enclosed: death certificate, letters of authority, proof of ownership, repayment
  request and signature guarantee. Each scenario says only what is different, and what matters.
  Notes whose CUSIP begins with 02006DZ are imagined, to show what the two real ones do not have.

  Scenario: The owner has died and the note carries the option
    Given a complete request for $25,000 of note 02006DLF6
    When the request is received on 2017-08-01
    Then it is accepted
    And "repay at par" is found, because "The owner has died and the note carries the survivor's option."
    And nothing stands against it
    And $25,000 is accepted
    And $25,072.92 is paid on 2017-09-15

  Scenario: The supplement does not give the note the option
    Given a complete request for $25,000 of note 02006DZX2
    When the request is received on 2017-08-01
    Then it is rejected
    And these are found, each with its clause:
      | found                            | clause                                |
      | no survivor's option on the note | Pricing supplement, survivor's option |
    And "repay at par" is not found

  Scenario: No supplement gives a note with this CUSIP
    Given a complete request for $25,000 of note 02006DZW4
    When the request is received on 2017-08-01
    Then it is referred
    And "note not known" is found, because "No supplement in the rule book gives a note with CUSIP 02006DZW4."
    And nothing is paid

  Scenario Outline: The executor's request rests on <trigger>
    Given a complete request for $25,000 of note 02006DLF6
    And the request rests on <trigger>
    When the request is received on 2017-08-01
    Then it is rejected
    And these are found, each with its clause:
      | found       | clause                                |
      | not a death | Survivor's option, right to repayment |
    And "not a death" is found, because:
      """
      The option is exercised on the owner's death; the request rests on <trigger>.
      """

    Examples: Each is refused for this alone: no paper would mend it
      | trigger                 |
      | hardship                |
      | guardianship pending    |
      | adjudicated incompetent |

  Scenario: A court's finding of incompetence is not a death
    Given a complete request for $25,000 of note 02006DLF6
    And the owner was adjudicated incompetent on 2017-06-10
    And the person asking is a guardian
    And the order of adjudication is enclosed
    When the request is received on 2017-08-01
    Then it is rejected
    And these are found, each with its clause:
      | found                 | clause                                       |
      | not a death           | Survivor's option, right to repayment        |
      | nobody with authority | Survivor's option, authorized representative |
    And "repay at par" is not found

  Scenario: The note was acquired on the day of death
    Given a complete request for $25,000 of note 02006DLF6
    And the owner died on 2017-06-10
    And the notes were acquired on 2017-06-10
    When the request is received on 2018-01-16
    Then it is accepted
    And "bought after the death" was missed by "1 day"

  Scenario: The note was acquired the day after the death
    Given a complete request for $25,000 of note 02006DLF6
    And the owner died on 2017-06-10
    And the notes were acquired on 2017-06-11
    When the request is received on 2018-01-16
    Then it is referred
    And "bought after the death" is found
    And the near miss says "1 day"

  Scenario: The request comes the day before maturity and is paid at maturity
    The note matures on Sunday 2019-12-15.
    Given a complete request for $25,000 of note 02006DLF6
    And the owner died on 2019-06-10
    When the request is received on 2019-12-14
    Then it is accepted
    And the payment is due on 2019-12-15
    And $25,072.92 is paid on 2019-12-16

  Scenario: The request comes on the day the note matures
    Given a complete request for $25,000 of note 02006DLF6
    And the owner died on 2019-06-10
    When the request is received on 2019-12-15
    Then it is rejected
    And "note has matured" is found

  Scenario: The whole note is called, but the repayment is due before the redemption
    Given a call at par of all of note 02006DLF6 for 2018-01-15
    And notice of it is given on 2017-11-20
    And a complete request for $25,000 of note 02006DLF6
    When the request is received on 2017-11-25
    Then it is accepted
    And $25,072.92 is paid on 2017-12-15

  Scenario: The whole note is called, and redeemed on the day the repayment would be due
    Given a call at par of all of note 02006DLF6 for 2018-01-15
    And notice of it is given on 2017-11-20
    And a complete request for $25,000 of note 02006DLF6
    When the request is received on 2017-11-26
    Then it is rejected
    And these are found, each with its clause:
      | found          | clause                                |
      | note is called | Survivor's option, right to repayment |

  Scenario: A call of part of the note leaves the option as it is
    Given a call at par of $1,000 of note 02006DLF6 for 2018-01-15
    And notice of it is given on 2017-11-20
    And a complete request for $25,000 of note 02006DLF6
    When the request is received on 2017-11-26
    Then it is accepted
    And the payment is due on 2018-01-15

  Scenario: The answer says that its rules are still drafts
    Given a complete request for $25,000 of note 02006DLF6
    When the request is received on 2017-08-01
    Then it is provisional, for these are drafts:
      | Survivor's Protection Option, Ally Financial Term Notes, Series A |
      | Payment days, Ally Financial Term Notes, Series A                 |
