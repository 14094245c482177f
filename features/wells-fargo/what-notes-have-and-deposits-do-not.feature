Feature: What a retail note has, and a certificate of deposit does not
  The wording of deposits leaves out of that of notes what was not read of any bank: how long a deposit
  has to be held, a least principal that has to be left, yearly limits. In the place of some rules of
  notes it has its own.

  A complete request is that of the executor of a sole owner who acquired the deposit on 2016-12-01 and
  died on 2017-06-10; it asks for the whole position, and every paper an executor has to bring for a
  note is enclosed. The deposits are imagined.

  Rule: Rules of notes have no place

    Scenario: A deposit is repaid by its own rule
      Given a complete request for $25,000 of note XWFCD0008
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then it is accepted
      And "repay early" is found
      And "repay at par" is not found

    Scenario: No time has to pass before a deposit is repaid
      Given a complete request for $25,000 of note XWFCD0008
      And the notes were acquired on 2017-06-09
      And the affidavit of domicile is enclosed
      When the request is received on 2017-06-12
      Then it is accepted

    Scenario: Asked before the death: one finding says so, and it is the deposit's own
      Given a complete request for $25,000 of note XWFCD0008
      And the affidavit of domicile is enclosed
      When the request is received on 2017-06-09
      Then it is referred
      And "request before the event" is found
      And "request before the death" is not found

    Scenario: More than the position is not the whole of it
      Given a complete request for $25,000 of note XWFCD0008
      And the position is $20,000
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then "entire deposit only" is found
      And "more than the position" is not found

    Scenario: Little would be left
      Given a complete request for $25,000 of note XWFCD0008
      And the position is $25,500
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then it is rejected
      And "entire deposit only" is found
      And "leaves too little" is not found

    Scenario: A tenant in common who was not the spouse: only that the deposit is not divided counts
      Given a complete request for $25,000 of note XWFCD0008
      And the notes were registered as tenants in common
      And the co-owner was not the spouse
      And the person asking is a surviving joint owner
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then it is referred
      And "share of a tenant in common, entire deposit" is found
      And "survivor of a tenancy in common who was not the spouse" is not found
      And "share of a tenant in common" is not found

    Scenario: The power of attorney of an owner who lives has not ended by itself
      Given a complete request for $25,000 of note XWFCD0008
      And the owner was adjudicated incompetent on 2017-06-10
      And the person asking is an attorney in fact
      And the death certificate is missing
      And the order of adjudication and the affidavit of domicile are enclosed
      When the request is received on 2017-08-01
      Then it is referred
      And "power of attorney of an incompetent owner" is found
      And "power of attorney of an owner who died" is not found
      And "power of attorney ended at death" is not found

    Scenario Outline: <trigger> entitles nobody
      Given a complete request for $25,000 of note XWFCD0008
      And the request rests on <trigger>
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then it is rejected
      And "repay early" is not found

      Examples:
        | trigger              |
        | hardship             |
        | guardianship pending |

    Scenario: A deposit without the option
      Given a complete request for $25,000 of note XWFCD0024
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then it is rejected
      And "no survivor's option on the note" is found
      And "repay early" is not found

  Rule: No yearly limit was read of any deposit

    Scenario: More than $250,000 of one owner, though the issuer says that it applies that limit
      Given the programme is wells-fargo/certificates-of-deposit
      And the issuer elected the individual limit for 2017
      And a complete request for $300,000 of note XWFCD0008
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then it is accepted
      And $300,000 is accepted

    Scenario: More than 2 per cent of what is outstanding, and more than $2,000,000
      Given the programme is wells-fargo/certificates-of-deposit
      And the issuer elected the annual limit for 2017
      And the principal outstanding at 2016-12-31 was reported as $10,000,000 on 2017-01-20
      And a complete request for $2,100,000 of note XWFCD0008
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then it is accepted
      And $2,100,000 is accepted

    Scenario: What is outstanding need not be reported for a deposit to be repaid
      Given the programme is wells-fargo/certificates-of-deposit
      And the issuer elected the annual limit for 2017
      And a complete request for $2,100,000 of note XWFCD0008
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then it is accepted
      And $2,100,000 is accepted

  Rule: Whom it belonged to, and where it stands

    Scenario: Acquired on the day of the death
      Given a complete request for $25,000 of note XWFCD0008
      And the notes were acquired on 2017-06-10
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then it is accepted

    Scenario: Acquired the day after
      Given a complete request for $25,000 of note XWFCD0008
      And the notes were acquired on 2017-06-11
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then it is referred
      And "bought after the death" is found, because "The notes were acquired after the day of death or adjudication given; a person has to look at the two dates."

    Scenario: Ownership was signed away before the death
      Given a complete request for $25,000 of note XWFCD0008
      And a paper shows that ownership was signed away before the death
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then it is rejected
      And "not beneficial owner at death" is found, because "The owner named was not the beneficial owner of the notes on the day of death or adjudication, whatever the title says."

    Scenario: The papers leave open whose it was
      Given a complete request for $25,000 of note XWFCD0008
      And the papers leave open who owned the notes at death
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then it is referred
      And "ownership in doubt" is found, because "The papers leave it open who owned the notes on the day of death or adjudication; a person has to decide."

    Scenario Outline: Registered as <registration>, and others shared the benefit
      Given a complete request for $25,000 of note XWFCD0008
      And the notes were registered as <registration>
      And the deceased was entitled to only part of the beneficial interest
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then it is rejected
      And "not substantially all of the interest" is found, because "Notes registered as <registration> count only when the owner who died or was adjudicated incompetent was entitled to substantially all of the beneficial interest."

      Examples:
        | registration |
        | custodian    |
        | trust        |
        | nominee      |
        | life tenant  |

    Scenario: The heirs have it in their own account
      Given a complete request for $25,000 of note XWFCD0008
      And the notes have been transferred to an heir
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then it is rejected
      And "position transferred away" is found, because "The notes no longer stand in the owner's account, nor in the estate's."

  Rule: Papers that notes ask for too

    Scenario: Nothing proves whose it was
      Given a complete request for $25,000 of note XWFCD0008
      And the proof of ownership is missing
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then it is pended
      And it waits only for "proof of ownership"
      And "proof of ownership" is found, because "Proof that the owner held the notes on the day of death or adjudication, and since when, is missing."

    Scenario: Registered to a nominee who has not certified whose it was
      Given a complete request for $25,000 of note XWFCD0008
      And the notes were registered as nominee
      And the deceased was entitled to substantially all of the beneficial interest
      And the affidavit of domicile is enclosed
      When the request is received on 2017-08-01
      Then it is pended
      And it waits only for "nominee certificate"
      And "nominee's certificate" is found, because "The nominee's certificate of who owned the notes is missing."

    Scenario: The nominee has
      Given a complete request for $25,000 of note XWFCD0008
      And the notes were registered as nominee
      And the deceased was entitled to substantially all of the beneficial interest
      And the nominee certificate and the affidavit of domicile are enclosed
      When the request is received on 2017-08-01
      Then it is accepted

  Rule: The estate has nothing to ask while the owner lives

    Scenario Outline: <capacity> of an owner adjudicated incompetent
      Given a complete request for $25,000 of note XWFCD0008
      And the owner was adjudicated incompetent on 2017-06-10
      And the person asking is <capacity>
      And the death certificate is missing
      And the order of adjudication and the affidavit of domicile are enclosed
      When the request is received on 2017-08-01
      Then it is rejected
      And "estate of an owner who lives" is found

      Examples:
        | capacity               |
        | an executor            |
        | an administrator       |
        | a small estate affiant |

    Scenario: A surviving joint owner is nobody's estate
      Given a complete request for $25,000 of note XWFCD0008
      And the notes were registered as joint tenants
      And the owner was adjudicated incompetent on 2017-06-10
      And the person asking is a surviving joint owner
      And the death certificate is missing
      And the order of adjudication and the affidavit of domicile are enclosed
      When the request is received on 2017-08-01
      Then it is referred
      And "survivor of an owner who lives" is found
      And "estate of an owner who lives" is not found

    Scenario: A surviving joint owner asks for a deposit payable on death: nobody needs to read the designation
      Given a complete request for $25,000 of note XWFCD0008
      And the notes were registered as transfer on death
      And the person asking is a surviving joint owner
      And the beneficiary designation and the affidavit of domicile are enclosed
      When the request is received on 2017-08-01
      Then it is rejected
      And "survivor of a note not held together" is found
      And "estate of an owner who named a beneficiary" is not found

  Rule: A deposit is called in part by the standard wording
    The imagined deposit XWFCD0024 may be called on the 15th of any month from 2017-12-15 on, in whole or
    in part. It prints no notice: thirty calendar days are the standard wording. It pays 3.65 per cent,
    actual days over 365: 30 days' interest on $1,000 is $3.00.

    Scenario: Thirty days' notice for $1,000
      Given a call at par of $1,000 of note XWFCD0024 for 2017-12-15
      When notice of it is given on 2017-11-15
      Then it is accepted

    Scenario: Twenty-nine
      Given a call at par of $1,000 of note XWFCD0024 for 2017-12-15
      When notice of it is given on 2017-11-16
      Then it is rejected
      And "short notice" is found
      And the near miss says "1 day"

    Scenario: $1,000 is drawn of a position of $2,000
      Given a call at par of $5,000 of note XWFCD0024 for 2017-12-15
      And notice of it is given on 2017-11-15
      When a lot of $1,000 is drawn on 2017-12-01 of the position of $2,000 of "owner 1"
      Then it is accepted
      And $1,003.00 is paid on 2017-12-15
