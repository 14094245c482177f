Feature: Who may ask for notes of the example programme
  The example programme is sold by nobody. It is based on the standard wording, and leaves who may ask as it is there:
  whoever asks has to show authority to act for the owner of notes so registered.

  A complete request is that of the executor of a sole owner who acquired the notes on 2016-12-01 and
  died on 2017-06-10; it asks for the whole position, and every paper an executor has to bring for a
  note is enclosed. Each scenario says only what is different.

  Rule: A trustee asks for notes registered to a trust

    Scenario: The trust agreement is enclosed
      Given a complete request for $25,000 of note XEXMP0003
      And the notes were registered as trust
      And the deceased was entitled to substantially all of the beneficial interest
      And the person asking is a trustee
      And the letters of authority are missing
      And the trust agreement is enclosed
      When the request is received on 2017-08-01
      Then it is accepted

    Scenario: The notes are registered as joint tenants
      Given a complete request for $25,000 of note XEXMP0003
      And the notes were registered as joint tenants
      And the person asking is a trustee
      And the trust agreement is enclosed
      When the request is received on 2017-08-01
      Then it is rejected
      And "trustee of notes not registered to a trust" is found

  Rule: A custodian asks for notes registered to one

    Scenario: The proof of custodianship is enclosed
      Given a complete request for $25,000 of note XEXMP0003
      And the notes were registered as custodian
      And the deceased was entitled to substantially all of the beneficial interest
      And the person asking is a custodian
      And the letters of authority are missing
      And the proof of custodianship is enclosed
      When the request is received on 2017-08-01
      Then it is accepted

    Scenario: It is missing
      Given a complete request for $25,000 of note XEXMP0003
      And the notes were registered as custodian
      And the deceased was entitled to substantially all of the beneficial interest
      And the person asking is a custodian
      When the request is received on 2017-08-01
      Then it is pended
      And it waits only for "proof of custodianship"

    Scenario: The notes are registered as sole owner
      Given a complete request for $25,000 of note XEXMP0003
      And the person asking is a custodian
      And the proof of custodianship is enclosed
      When the request is received on 2017-08-01
      Then it is rejected
      And "custodian of notes not registered to one" is found

  Rule: The named beneficiary asks for notes payable on death or in a retirement account

    Scenario Outline: The beneficiary of notes registered as <registration>, with the designation
      Given a complete request for $25,000 of note XEXMP0003
      And the notes were registered as <registration>
      And the person asking is a beneficiary
      And the letters of authority are missing
      And the beneficiary designation is enclosed
      When the request is received on 2017-08-01
      Then it is accepted

      Examples:
        | registration                  |
        | transfer on death             |
        | individual retirement account |

    Scenario Outline: Without the designation, whoever asks for notes registered as <registration>
      Given a complete request for $25,000 of note XEXMP0003
      And the notes were registered as <registration>
      And the person asking is <capacity>
      When the request is received on 2017-08-01
      Then it is pended
      And it waits only for "beneficiary designation"

      Examples:
        | registration                  | capacity      |
        | transfer on death             | a beneficiary |
        | individual retirement account | a beneficiary |
        | transfer on death             | an executor   |
        | individual retirement account | an executor   |

    Scenario: A beneficiary of notes registered as sole owner
      Given a complete request for $25,000 of note XEXMP0003
      And the person asking is a beneficiary
      And the beneficiary designation is enclosed
      When the request is received on 2017-08-01
      Then it is rejected
      And "beneficiary of notes registered without one" is found

    Scenario: The executor asks, though a beneficiary is named
      Given a complete request for $25,000 of note XEXMP0003
      And the notes were registered as transfer on death
      And the beneficiary designation is enclosed
      When the request is received on 2017-08-01
      Then it is referred
      And "estate of an owner who named a beneficiary" is found

  Rule: A surviving tenant in common asks only as the spouse

    Scenario: The spouse
      Given a complete request for $24,000 of note XEXMP0003
      And the notes were registered as tenants in common
      And the co-owner was the spouse
      And the person asking is a surviving joint owner
      And the letters of authority are missing
      When the request is received on 2017-08-01
      Then it is accepted
      And $24,000 is accepted

    Scenario: Somebody else
      Given a complete request for $24,000 of note XEXMP0003
      And the notes were registered as tenants in common
      And the co-owner was not the spouse
      And the share of the deceased was 1/2
      And the person asking is a surviving joint owner
      When the request is received on 2017-08-01
      Then it is rejected
      And "survivor of a tenancy in common who was not the spouse" is found
