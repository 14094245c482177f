Feature: Survivor's option of a CIT certificate of deposit: a death certificate for each CUSIP
  What was given for another deposit of the same owner does not count.

  A complete request is that of the executor of a sole owner who acquired the notes on 2016-12-01 and
  died on 2017-06-10; it asks for the whole position, and every paper an executor has to bring for a
  note is enclosed. The deposits are imagined.

  Scenario: A death certificate for each of two deposits
    Given a complete request "first" for $25,000 of note XCITB0004
    And the affidavit of domicile is enclosed
    And the request is received on 2017-08-01
    And a complete request "second" for $10,000 of note XCITB0012
    And it is of the same owner as request "first"
    When the request is received on 2017-08-02
    Then it is accepted

  Scenario: One death certificate for two deposits
    Given a complete request "first" for $25,000 of note XCITB0004
    And the affidavit of domicile is enclosed
    And the request is received on 2017-08-01
    And a complete request "second" for $10,000 of note XCITB0012
    And it is of the same owner as request "first"
    And the death certificate is missing
    When the request is received on 2017-08-02
    Then it is pended
    And it waits only for "death certificate"
    And "proof of death, for each CUSIP" is found

  Scenario: No death certificate for any deposit: one finding says so, and it is the bank's own
    Given a complete request for $25,000 of note XCITB0004
    And the death certificate is missing
    And the affidavit of domicile is enclosed
    When the request is received on 2017-08-01
    Then it is pended
    And "proof of death, for each CUSIP" is found
    And "proof of death, once for the registration" is not found

  Scenario: The one that comes later serves the deposit it comes for
    Given a complete request "first" for $25,000 of note XCITB0004
    And the death certificate is missing
    And the affidavit of domicile is enclosed
    And the request is received on 2017-08-01
    And a complete request "second" for $10,000 of note XCITB0012
    And it is of the same owner as request "first"
    When the request is received on 2017-08-02
    Then it is accepted
    And no request is answered again

  Scenario: None is asked for where nobody has died
    Given a complete request for $25,000 of note XCITB0004
    And the owner was adjudicated incompetent on 2017-06-10
    And the person asking is a guardian
    And the death certificate is missing
    And the order of adjudication and the affidavit of domicile are enclosed
    When the request is received on 2017-08-01
    Then it is accepted

  Scenario Outline: It rests on <trigger>, which is neither death nor incompetence
    Given a complete request for $25,000 of note XCITB0004
    And the request rests on <trigger>
    And the affidavit of domicile is enclosed
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
    Given a complete request for $25,000 of note XCITB0004
    And the affidavit of domicile is enclosed
    When the request is received on <received>
    Then it is accepted
    And the payment is due on <due>
    And <amount> is paid on <due>

    Examples: The twentieth day is a Monday, a holiday, and the day after it
      | received   | due        | amount     |
      | 2017-08-01 | 2017-08-21 | $25,015.00 |
      | 2017-08-15 | 2017-09-05 | $25,052.50 |
      | 2017-08-16 | 2017-09-05 | $25,052.50 |
