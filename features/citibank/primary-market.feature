Feature: Survivor's option of a Citibank certificate of deposit: bought when first sold
  Only a deposit that the owner bought in the primary market is repaid early, and that has to be shown.

  A complete request is that of the executor of a sole owner who acquired the notes on 2016-12-01 and
  died on 2017-06-10; it asks for the whole position, and every paper an executor has to bring for a
  note is enclosed. The deposit is imagined.

  Scenario: Bought when first sold, with the confirmation
    Given a complete request for $25,000 of note XCITI0007
    And the notes were bought in the primary market
    And the affidavit of domicile and the primary market confirmation are enclosed
    When the request is received on 2017-08-01
    Then it is accepted

  Scenario: Bought when first sold, without the confirmation
    Given a complete request for $25,000 of note XCITI0007
    And the notes were bought in the primary market
    And the affidavit of domicile is enclosed
    When the request is received on 2017-08-01
    Then it is pended
    And it waits only for "primary market confirmation"

  Scenario: Bought from another holder
    Given a complete request for $25,000 of note XCITI0007
    And the notes were bought in the secondary market
    And the affidavit of domicile is enclosed
    When the request is received on 2017-08-01
    Then it is rejected
    And "bought from another holder" is found, because "Only a deposit bought when it was first sold is repaid early; this one was bought from another holder."

  Scenario: Nobody says where it was bought
    Given a complete request for $25,000 of note XCITI0007
    And the affidavit of domicile is enclosed
    When the request is received on 2017-08-01
    Then it is pended
    And it waits only for "acquired"

  Scenario Outline: It rests on <trigger>, which is neither death nor incompetence
    Given a complete request for $25,000 of note XCITI0007
    And the request rests on <trigger>
    And the notes were bought in the primary market
    And the affidavit of domicile and the primary market confirmation are enclosed
    When the request is received on 2017-08-01
    Then it is rejected
    And "neither death nor incompetence" is found

    Examples:
      | trigger              |
      | hardship             |
      | guardianship pending |

  Scenario Outline: Repaid on a business day, interest date or not: received on <received>
    The deposit pays 3.65 per cent on the 15th of each month, actual days over 365: $2.50 a day on
    $25,000. 2017-09-04 is Labor Day.
    Given a complete request for $25,000 of note XCITI0007
    And the notes were bought in the primary market
    And the affidavit of domicile and the primary market confirmation are enclosed
    When the request is received on <received>
    Then it is accepted
    And the payment is due on <due>
    And <amount> is paid on <due>

    Examples: The twentieth day is a Monday, a holiday, and the day after it
      | received   | due        | amount     |
      | 2017-08-01 | 2017-08-21 | $25,015.00 |
      | 2017-08-15 | 2017-09-05 | $25,052.50 |
      | 2017-08-16 | 2017-09-05 | $25,052.50 |
