Feature: Survivor's option of a certificate of deposit
  The whole deposit is repaid early when its owner dies or is adjudicated incompetent, and for nothing
  else. One proof of death is enough for all of the owner's deposits with the bank that are registered
  alike, and so is one affidavit of domicile, which is asked for whatever the deposit.

  A complete request is that of the executor of a sole owner who acquired the deposit on 2016-12-01 and
  died on 2017-06-10; it asks for the whole position, and every paper an executor has to bring for a
  note is enclosed. The imagined deposits pay 3.65 per cent on the 15th of each month, actual days over
  365: $2.50 a day on $25,000.

  Rule: Death or adjudication of incompetence, and nothing else

    Scenario: The owner has died
      Given a complete request for $25,000 of note XWFCD0008
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then it is accepted
      And nothing stands against it
      And the payment is due on 2017-08-21
      And $15.00 of it is interest
      And $25,015.00 is paid on 2017-08-21

    Scenario: The owner has been adjudicated incompetent; the guardian brings the court's order and no death certificate
      Given a complete request for $25,000 of note XWFCD0008
      And the owner was adjudicated incompetent on 2017-06-10
      And the person asking is a guardian
      And the death certificate is missing
      And the order of adjudication and the affidavit of domicile are enclosed
      When the request is received on 2017-08-01
      Then it is accepted

    Scenario: The court's order is missing
      Given a complete request for $25,000 of note XWFCD0008
      And the owner was adjudicated incompetent on 2017-06-10
      And the person asking is a guardian
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then it is pended
      And it waits only for "order of adjudication"

    Scenario Outline: It rests on <trigger>
      Given a complete request for $25,000 of note XWFCD0008
      And the request rests on <trigger>
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then it is rejected
      And "neither death nor incompetence" is found, because "A deposit is repaid early when its owner has died or been adjudicated incompetent, and for nothing else; the request rests on <trigger>."

      Examples:
        | trigger              |
        | hardship             |
        | guardianship pending |

    Scenario: The request is received the day before the death it gives
      Given a complete request for $25,000 of note XWFCD0008
      And the affidavit of domicile is enclosed
      When the request is received on 2017-06-09
      Then it is referred
      And "request before the event" is found

    Scenario: The request is received on the day of the death
      Given a complete request for $25,000 of note XWFCD0008
      And the affidavit of domicile is enclosed
      When the request is received on 2017-06-10
      Then it is accepted
      And "request before the event" was missed by "1 day"

  Rule: Repaid on the first business day twenty or more days after acceptance, interest date or not

    Scenario Outline: Received on <received>: due on <due>, with <days> days' interest
      The twentieth day after 2017-08-14 is a Sunday, and the Monday after it is Labor Day.
      Given a complete request for $25,000 of note XWFCD0008
      And the affidavit of domicile is enclosed
      When the request is received on <received>
      Then it is accepted
      And the payment is due on <due>
      And <interest> of it is interest
      And <amount> is paid on <due>

      Examples: Of the days since 15 August; on 15 September itself, of the whole month
        | received   | due        | days | interest | amount     |
        | 2017-08-11 | 2017-08-31 | 16   | $40.00   | $25,040.00 |
        | 2017-08-14 | 2017-09-05 | 21   | $52.50   | $25,052.50 |
        | 2017-08-16 | 2017-09-05 | 21   | $52.50   | $25,052.50 |
        | 2017-08-17 | 2017-09-06 | 22   | $55.00   | $25,055.00 |
        | 2017-08-25 | 2017-09-14 | 30   | $75.00   | $25,075.00 |
        | 2017-08-26 | 2017-09-15 | 31   | $77.50   | $25,077.50 |

    Scenario Outline: Never later than the maturity: received on <received>
      The deposit matures on Sunday 2019-12-15.
      Given a complete request for $25,000 of note XWFCD0008
      And the affidavit of domicile is enclosed
      When the request is received on <received>
      Then it is accepted
      And the payment is due on <due>
      And <amount> is paid on <paid>

      Examples: The twentieth day is a Friday, the Saturday after it, and a day after the maturity
        | received   | due        | amount     | paid       |
        | 2019-11-23 | 2019-12-13 | $25,070.00 | 2019-12-13 |
        | 2019-11-24 | 2019-12-15 | $25,075.00 | 2019-12-16 |
        | 2019-12-02 | 2019-12-15 | $25,075.00 | 2019-12-16 |

    Scenario: What is due that day is what was accepted, and it is paid once
      Given a complete request "A" for $25,000 of note XWFCD0008
      And the affidavit of domicile is enclosed
      And request "A" is received on 2017-08-01
      When it is asked on 2017-08-21 what is due to survivors of note XWFCD0008 on 2017-08-21
      Then it is accepted
      And $25,015.00 is paid on 2017-08-21
      When request "A" is repaid $25,000 due on 2017-08-21
      Then it is recorded
      When request "A" is repaid $25,000 due on 2017-08-21
      Then it is referred
      And "already paid" is found

    Scenario: Nothing is due on the interest date after it
      Given a complete request "A" for $25,000 of note XWFCD0008
      And the affidavit of domicile is enclosed
      And request "A" is received on 2017-08-01
      When it is asked on 2017-09-15 what is due to survivors of note XWFCD0008 on 2017-09-15
      Then it is rejected
      And "nothing is due" is found

  Rule: The entire deposit only

    Scenario Outline: <asked> of a deposit of $25,000
      Given a complete request for <asked> of note XWFCD0008
      And the position is $25,000
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then it is rejected
      And "entire deposit only" is found

      Examples:
        | asked   |
        | $24,000 |
        | $26,000 |

    Scenario: Owned by tenants in common of whom one has died
      Given a complete request for $25,000 of note XWFCD0008
      And the notes were registered as tenants in common
      And the co-owner was not the spouse
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then it is referred
      And "share of a tenant in common, entire deposit" is found

    Scenario: Owned by tenants in common who were married
      Given a complete request for $25,000 of note XWFCD0008
      And the notes were registered as tenants in common
      And the co-owner was the spouse
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then it is accepted

    Scenario: Owned by joint tenants who were not married
      Given a complete request for $25,000 of note XWFCD0008
      And the notes were registered as joint tenants
      And the co-owner was not the spouse
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then it is accepted

  Rule: Who may ask depends on what has happened

    Scenario: A guardian of an owner who has died
      Given a complete request for $25,000 of note XWFCD0008
      And the person asking is a guardian
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then it is rejected
      And "guardian of an owner who died" is found

    Scenario: A power of attorney of an owner who has died
      Given a complete request for $25,000 of note XWFCD0008
      And the person asking is an attorney in fact
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then it is rejected
      And "power of attorney of an owner who died" is found

    Scenario: A power of attorney of an owner adjudicated incompetent
      Given a complete request for $25,000 of note XWFCD0008
      And the owner was adjudicated incompetent on 2017-06-10
      And the person asking is an attorney in fact
      And the order of adjudication and the affidavit of domicile are enclosed
      When the request is received on 2017-08-01
      Then it is referred
      And "power of attorney of an incompetent owner" is found

    Scenario: An executor of an owner who lives
      Given a complete request for $25,000 of note XWFCD0008
      And the owner was adjudicated incompetent on 2017-06-10
      And the order of adjudication and the affidavit of domicile are enclosed
      When the request is received on 2017-08-01
      Then it is rejected
      And "estate of an owner who lives" is found, because "The owner lives; the office of executor is one for the estate of an owner who has died."

    Scenario: An executor of an owner who lives, of a deposit payable on death
      Given a complete request for $25,000 of note XWFCD0008
      And the owner was adjudicated incompetent on 2017-06-10
      And the notes were registered as transfer on death
      And the order of adjudication, the affidavit of domicile and the beneficiary designation are enclosed
      When the request is received on 2017-08-01
      Then it is rejected
      And "estate of an owner who lives" is found

    Scenario Outline: A surviving joint owner of an owner who has died, of a deposit registered as <registration>
      Given a complete request for $25,000 of note XWFCD0008
      And the notes were registered as <registration>
      And the person asking is a surviving joint owner
      And the letters of authority are missing
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then it is accepted

      Examples:
        | registration            |
        | joint tenants           |
        | tenants by the entirety |
        | community property      |

    Scenario: A surviving joint owner of an owner who lives
      Given a complete request for $25,000 of note XWFCD0008
      And the owner was adjudicated incompetent on 2017-06-10
      And the notes were registered as joint tenants
      And the person asking is a surviving joint owner
      And the order of adjudication and the affidavit of domicile are enclosed
      When the request is received on 2017-08-01
      Then it is referred
      And "survivor of an owner who lives" is found

    Scenario: Somebody who holds no office
      Given a complete request for $25,000 of note XWFCD0008
      And the person asking has no capacity to act
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then it is rejected
      And "no authority to act" is found

  Rule: A trustee or custodian asks for deposits registered so

    Scenario: The trustee of a deposit registered to a trust, with the trust agreement
      Given a complete request for $25,000 of note XWFCD0008
      And the notes were registered as trust
      And the deceased was entitled to substantially all of the beneficial interest
      And the person asking is a trustee
      And the letters of authority are missing
      And the trust agreement and the affidavit of domicile are enclosed
      When the request is received on 2017-08-01
      Then it is accepted

    Scenario: A trustee of a deposit registered as sole owner
      Given a complete request for $25,000 of note XWFCD0008
      And the person asking is a trustee
      And the trust agreement and the affidavit of domicile are enclosed
      When the request is received on 2017-08-01
      Then it is rejected
      And "trustee of notes not registered to a trust" is found

    Scenario: The custodian of a deposit registered to one, with proof
      Given a complete request for $25,000 of note XWFCD0008
      And the notes were registered as custodian
      And the deceased was entitled to substantially all of the beneficial interest
      And the person asking is a custodian
      And the letters of authority are missing
      And the proof of custodianship and the affidavit of domicile are enclosed
      When the request is received on 2017-08-01
      Then it is accepted

    Scenario: The custodian has not proved to be one
      Given a complete request for $25,000 of note XWFCD0008
      And the notes were registered as custodian
      And the deceased was entitled to substantially all of the beneficial interest
      And the person asking is a custodian
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then it is pended
      And it waits only for "proof of custodianship"

    Scenario: A custodian of a deposit registered as joint tenants
      Given a complete request for $25,000 of note XWFCD0008
      And the notes were registered as joint tenants
      And the person asking is a custodian
      And the proof of custodianship and the affidavit of domicile are enclosed
      When the request is received on 2017-08-01
      Then it is rejected
      And "custodian of notes not registered to one" is found

  Rule: A surviving tenant in common asks as the spouse

    Scenario: The spouse
      Given a complete request for $25,000 of note XWFCD0008
      And the notes were registered as tenants in common
      And the co-owner was the spouse
      And the person asking is a surviving joint owner
      And the letters of authority are missing
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then it is accepted

    Scenario: Somebody else: that the deposit is repaid whole or not at all leaves it to a person
      Given a complete request for $25,000 of note XWFCD0008
      And the notes were registered as tenants in common
      And the co-owner was not the spouse
      And the person asking is a surviving joint owner
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then it is referred
      And "share of a tenant in common, entire deposit" is found

  Rule: The named beneficiary asks for a deposit payable on death or in a retirement account

    Scenario Outline: The beneficiary of a deposit registered as <registration>, with the form
      Given a complete request for $25,000 of note XWFCD0008
      And the notes were registered as <registration>
      And the person asking is a beneficiary
      And the letters of authority are missing
      And the affidavit of domicile and the beneficiary designation are enclosed
      When the request is received on 2017-08-01
      Then it is accepted

      Examples:
        | registration                  |
        | transfer on death             |
        | individual retirement account |

    Scenario: Without the form
      Given a complete request for $25,000 of note XWFCD0008
      And the notes were registered as transfer on death
      And the person asking is a beneficiary
      And the letters of authority are missing
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then it is pended
      And it waits only for "beneficiary designation"

    Scenario: A beneficiary of a deposit registered as sole owner
      Given a complete request for $25,000 of note XWFCD0008
      And the person asking is a beneficiary
      And the affidavit of domicile and the beneficiary designation are enclosed
      When the request is received on 2017-08-01
      Then it is rejected
      And "beneficiary of notes registered without one" is found

    Scenario Outline: <capacity> asks for a deposit registered as <registration>, though a beneficiary is named
      Given a complete request for $25,000 of note XWFCD0008
      And the notes were registered as <registration>
      And the person asking is <capacity>
      And the small estate affidavit, the affidavit of domicile and the beneficiary designation are enclosed
      When the request is received on 2017-08-01
      Then it is referred
      And "estate of an owner who named a beneficiary" is found

      Examples:
        | registration                  | capacity               |
        | individual retirement account | an executor            |
        | transfer on death             | an administrator       |
        | transfer on death             | a small estate affiant |

    Scenario: The executor of a sole owner encloses a designation that has nothing to do with the deposit
      Given a complete request for $25,000 of note XWFCD0008
      And the affidavit of domicile and the beneficiary designation are enclosed
      When the request is received on 2017-08-01
      Then it is accepted

    Scenario: The executor asks, and the form is not there to be read
      Given a complete request for $25,000 of note XWFCD0008
      And the notes were registered as individual retirement account
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then it is pended
      And it waits only for "beneficiary designation"

    Scenario: The owner has been adjudicated incompetent, and lives
      Given a complete request for $25,000 of note XWFCD0008
      And the owner was adjudicated incompetent on 2017-06-10
      And the notes were registered as transfer on death
      And the person asking is a beneficiary
      And the order of adjudication, the affidavit of domicile and the beneficiary designation are enclosed
      When the request is received on 2017-08-01
      Then it is rejected
      And "beneficiary of an owner who lives" is found, because "The owner lives; a beneficiary can ask only after the owner's death."

    Scenario: The guardian of an owner who lives asks, with the court's order
      Given a complete request for $25,000 of note XWFCD0008
      And the owner was adjudicated incompetent on 2017-06-10
      And the notes were registered as transfer on death
      And the person asking is a guardian
      And the order of adjudication, the affidavit of domicile and the beneficiary designation are enclosed
      When the request is received on 2017-08-01
      Then it is accepted

  Rule: The papers, once for a registration

    Scenario: The affidavit of domicile is missing
      Given a complete request for $25,000 of note XWFCD0008
      When the request is received on 2017-08-01
      Then it is pended
      And it waits only for "affidavit of domicile"

    Scenario Outline: A deposit registered as <registration> without the beneficiary's form
      Given a complete request for $25,000 of note XWFCD0008
      And the notes were registered as <registration>
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then it is pended
      And it waits only for "beneficiary designation"

      Examples:
        | registration                  |
        | transfer on death             |
        | individual retirement account |

    Scenario: The form came with another deposit of the same registration
      Given a complete request "first" for $25,000 of note XWFCD0008
      And the notes were registered as transfer on death
      And the person asking is a beneficiary
      And the affidavit of domicile and the beneficiary designation are enclosed
      And the request is received on 2017-08-01
      And a complete request "second" for $10,000 of note XWFCD0016
      And it is of the same owner as request "first"
      And the notes were registered as transfer on death
      And the person asking is a beneficiary
      When the request is received on 2017-08-02
      Then it is accepted

    Scenario: No proof of the death
      Given a complete request for $25,000 of note XWFCD0008
      And the death certificate is missing
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then it is pended
      And it waits only for "death certificate"

    Scenario: The proof came with another deposit of the same registration
      Given a complete request "first" for $25,000 of note XWFCD0008
      And the affidavit of domicile is enclosed
      And the request is received on 2017-08-01
      And a complete request "second" for $10,000 of note XWFCD0016
      And it is of the same owner as request "first"
      And the death certificate is missing
      When the request is received on 2017-08-02
      Then it is accepted

    Scenario: The proof comes later, with another deposit of the same registration
      Given a complete request "first" for $25,000 of note XWFCD0008
      And the death certificate is missing
      And the affidavit of domicile is enclosed
      And the request is received on 2017-08-01
      And a complete request "second" for $10,000 of note XWFCD0016
      And it is of the same owner as request "first"
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-02
      Then it is accepted
      And request "first" is answered again
      And it is accepted
      And $25,000 is accepted
      And the payment is due on 2017-08-22

    Scenario: The proof comes later, for another deposit of the same registration that waits for it too
      Given a complete request "first" for $25,000 of note XWFCD0008
      And the death certificate is missing
      And the affidavit of domicile is enclosed
      And the request is received on 2017-08-01
      And a complete request "second" for $10,000 of note XWFCD0016
      And it is of the same owner as request "first"
      And the death certificate is missing
      And the request is received on 2017-08-02
      When the death certificate arrives on 2017-08-10
      Then it is accepted
      And request "first" is answered again
      And it is accepted

    Scenario: The proof came with a deposit of another registration
      Given a complete request "first" for $25,000 of note XWFCD0008
      And the affidavit of domicile is enclosed
      And the request is received on 2017-08-01
      And a complete request "second" for $10,000 of note XWFCD0016
      And it is of the same owner as request "first"
      And the notes were registered as joint tenants
      And the death certificate is missing
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-02
      Then it is pended
      And it waits only for "death certificate"

    Scenario: The proof came with a deposit of another owner
      Given a complete request "first" for $25,000 of note XWFCD0008
      And the affidavit of domicile is enclosed
      And the request is received on 2017-08-01
      And a complete request "second" for $10,000 of note XWFCD0016
      And the death certificate is missing
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-02
      Then it is pended
      And it waits only for "death certificate"
