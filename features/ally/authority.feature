Feature: Survivor's option: who may ask
  The option is exercised by a person with authority to act for the deceased: an executor, an
  administrator, a surviving joint owner of notes held together, the trustee of notes registered to a
  trust, the custodian of notes registered to one, the beneficiary named for notes payable on death or
  in a retirement account, or whoever holds a small estate affidavit. A power given in life ends with
  the owner's death. Somebody whose papers show no authority is not repaid.

  A complete request is that of the executor of a sole owner who acquired the notes on 2016-12-01 and
  died on 2017-06-10. It asks for the whole position, which stands in the deceased's account, and
  every paper is enclosed: death certificate, letters of authority, proof of ownership, repayment
  request and signature guarantee. Each scenario says only what is different, and what matters.

  Scenario Outline: <capacity> has authority
    Given a complete request for $25,000 of note 02006DLF6
    And the person asking is <capacity>
    When the request is received on 2017-08-01
    Then it is accepted

    Examples:
      | capacity         |
      | an executor      |
      | an administrator |

  Scenario: A small estate affiant with the affidavit has authority
    Given a complete request for $25,000 of note 02006DLF6
    And the person asking is a small estate affiant
    And the letters of authority are missing
    And the small estate affidavit is enclosed
    When the request is received on 2017-08-01
    Then it is accepted

  Scenario Outline: The <registration> of notes registered so shows authority by the <paper>
    Given a complete request for $25,000 of note 02006DLF6
    And the notes were registered as <registration>
    And the deceased was entitled to substantially all of the beneficial interest
    And the person asking is <capacity>
    And the letters of authority are missing
    And the <paper> is enclosed
    When the request is received on 2017-08-01
    Then it is accepted

    Examples:
      | registration | capacity    | paper                  |
      | trust        | a trustee   | trust agreement        |
      | custodian    | a custodian | proof of custodianship |

  Scenario Outline: Without the <paper>, <capacity> has not shown any authority yet
    Given a complete request for $25,000 of note 02006DLF6
    And the notes were registered as <registration>
    And the deceased was entitled to substantially all of the beneficial interest
    And the person asking is <capacity>
    When the request is received on 2017-08-01
    Then it is pended
    And it waits only for "<paper>"

    Examples:
      | registration | capacity    | paper                  |
      | trust        | a trustee   | trust agreement        |
      | custodian    | a custodian | proof of custodianship |

  Scenario Outline: A trustee asks for notes registered as <registration>
    Given a complete request for $25,000 of note 02006DLF6
    And the notes were registered as <registration>
    And the deceased was entitled to substantially all of the beneficial interest
    And the person asking is a trustee
    And the trust agreement is enclosed
    When the request is received on 2017-08-01
    Then it is rejected
    And these are found, each with its clause:
      | found                                      | clause                                       |
      | trustee of notes not registered to a trust | Survivor's option, authorized representative |
    And "trustee of notes not registered to a trust" is found, because:
      """
      A trustee can ask for notes registered to a trust; these were registered as <registration>.
      """

    Examples:
      | registration  |
      | sole owner    |
      | joint tenants |
      | custodian     |

  Scenario Outline: A custodian asks for notes registered as <registration>
    Given a complete request for $25,000 of note 02006DLF6
    And the notes were registered as <registration>
    And the deceased was entitled to substantially all of the beneficial interest
    And the person asking is a custodian
    And the proof of custodianship and the trust agreement are enclosed
    When the request is received on 2017-08-01
    Then it is rejected
    And these are found, each with its clause:
      | found                                    | clause                                       |
      | custodian of notes not registered to one | Survivor's option, authorized representative |
    And "custodian of notes not registered to one" is found, because:
      """
      A custodian can ask for notes registered to a custodian; these were registered as <registration>.
      """

    Examples:
      | registration  |
      | sole owner    |
      | joint tenants |
      | trust         |

  Scenario: A trustee asks, and nobody says how the notes were registered
    Given a complete request for $25,000 of note 02006DLF6
    And the registration is not given
    And the person asking is a trustee
    And the trust agreement is enclosed
    When the request is received on 2017-08-01
    Then it is pended
    And it waits for "registration"

  Scenario Outline: The named beneficiary asks for notes registered as <registration>
    Given a complete request for $25,000 of note 02006DLF6
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

  Scenario Outline: A beneficiary of notes registered as <registration> without the designation
    Given a complete request for $25,000 of note 02006DLF6
    And the notes were registered as <registration>
    And the person asking is a beneficiary
    And the letters of authority are missing
    When the request is received on 2017-08-01
    Then it is pended
    And it waits only for "beneficiary designation"
    And "beneficiary designation" is found, because "The designation of the beneficiary is missing."

    Examples:
      | registration                  |
      | transfer on death             |
      | individual retirement account |

  Scenario Outline: A beneficiary asks for notes registered as <registration>
    Given a complete request for $25,000 of note 02006DLF6
    And the notes were registered as <registration>
    And the deceased was entitled to substantially all of the beneficial interest
    And the person asking is a beneficiary
    And the beneficiary designation and the trust agreement are enclosed
    When the request is received on 2017-08-01
    Then it is rejected
    And these are found, each with its clause:
      | found                                       | clause                                       |
      | beneficiary of notes registered without one | Survivor's option, authorized representative |
    And "beneficiary of notes registered without one" is found, because:
      """
      A named beneficiary can ask for notes payable on death or held in a retirement account; these
      were registered as <registration>.
      """

    Examples:
      | registration  |
      | sole owner    |
      | joint tenants |
      | trust         |

  Scenario Outline: The estate asks for notes registered as <registration>, for which a beneficiary is named
    Given a complete request for $25,000 of note 02006DLF6
    And the notes were registered as <registration>
    And the person asking is <capacity>
    And the small estate affidavit and the beneficiary designation are enclosed
    When the request is received on 2017-08-01
    Then it is referred
    And "estate of an owner who named a beneficiary" is found, because:
      """
      Notes registered as <registration> are for the beneficiary to ask for; whether the designation
      names the estate, a person has to read in it.
      """
    And nothing is paid

    Examples:
      | registration                  | capacity               |
      | transfer on death             | an executor            |
      | individual retirement account | an administrator       |
      | individual retirement account | a small estate affiant |

  Scenario: The executor encloses a designation that has nothing to do with these notes
    Given a complete request for $25,000 of note 02006DLF6
    And the beneficiary designation is enclosed
    When the request is received on 2017-08-01
    Then it is accepted

  Scenario Outline: <capacity> asks for notes registered as <registration>, and no paper shows authority
    Given a complete request for $10,000 of note <note>
    And the notes were registered as <registration>
    And the deceased was entitled to substantially all of the beneficial interest
    And the person asking is <capacity>
    And the letters of authority are missing
    When the request is received on 2017-08-01
    Then it is rejected
    And $0 is accepted
    And "<found>" is found

    Examples: What a trustee or custodian may not ask for, whatever they bring
      | capacity    | registration            | note      | found                                      |
      | a trustee   | sole owner              | 02006DLF6 | trustee of notes not registered to a trust |
      | a trustee   | community property      | 02006DLF6 | trustee of notes not registered to a trust |
      | a trustee   | tenants by the entirety | 02006DLG4 | trustee of notes not registered to a trust |
      | a trustee   | life tenant             | 02006DLG4 | trustee of notes not registered to a trust |
      | a custodian | joint tenants           | 02006DLF6 | custodian of notes not registered to one   |
      | a custodian | life tenant             | 02006DLF6 | custodian of notes not registered to one   |
      | a custodian | community property      | 02006DLG4 | custodian of notes not registered to one   |
      | a custodian | nominee                 | 02006DLG4 | custodian of notes not registered to one   |

  Scenario: A guardian has no authority after the death
    Given a complete request for $25,000 of note 02006DLF6
    And the person asking is a guardian
    When the request is received on 2017-08-01
    Then it is rejected
    And these are found, each with its clause:
      | found                 | clause                                       |
      | nobody with authority | Survivor's option, authorized representative |

  Scenario: A person without any capacity has no authority
    Given a complete request for $25,000 of note 02006DLF6
    And the person asking has no capacity to act
    When the request is received on 2017-08-01
    Then it is rejected
    And "nobody with authority" is found

  Scenario: A power of attorney ended at the death
    Given a complete request for $25,000 of note 02006DLF6
    And the person asking is an attorney in fact
    When the request is received on 2017-08-01
    Then it is rejected
    And these are found, each with its clause:
      | found                            | clause                                       |
      | power of attorney ended at death | Survivor's option, authorized representative |
    And it accuses nobody

  Scenario Outline: A surviving joint owner may ask for notes registered as <registration>
    Given a complete request for $25,000 of note 02006DLF6
    And the notes were registered as <registration>
    And the co-owner was the spouse
    And the person asking is a surviving joint owner
    And the letters of authority are missing
    When the request is received on 2017-08-01
    Then it is accepted

    Examples:
      | registration            |
      | joint tenants           |
      | tenants by the entirety |
      | tenants in common       |
      | community property      |

  Scenario: A surviving tenant in common who was not the spouse asks for the deceased's share
    Given a complete request for $25,000 of note 02006DLF6
    And the notes were registered as tenants in common
    And the co-owner was not the spouse
    And the share of the deceased was 1/2
    And the person asking is a surviving joint owner
    When the request is received on 2017-08-01
    Then it is rejected
    And these are found, each with its clause:
      | found                                                  | clause                                       |
      | survivor of a tenancy in common who was not the spouse | Survivor's option, authorized representative |
    And "survivor of a tenancy in common who was not the spouse" is found, because:
      """
      A tenant in common who was not the spouse has no authority over the deceased's share; a
      representative of the estate has to ask.
      """

  Scenario: A surviving joint tenant who was not the spouse
    Given a complete request for $25,000 of note 02006DLF6
    And the notes were registered as joint tenants
    And the co-owner was not the spouse
    And the person asking is a surviving joint owner
    And the letters of authority are missing
    When the request is received on 2017-08-01
    Then it is accepted

  Scenario: The executor of a tenant in common asks for the deceased's share
    Given a complete request for $24,000 of note 02006DLF6
    And the notes were registered as tenants in common
    And the co-owner was not the spouse
    And the share of the deceased was 1/2
    When the request is received on 2017-08-01
    Then it is accepted
    And $12,000 is accepted

  Scenario: There is no surviving joint owner of a sole owner's notes
    Given a complete request for $25,000 of note 02006DLF6
    And the person asking is a surviving joint owner
    When the request is received on 2017-08-01
    Then it is rejected
    And "survivor of a note not held together" is found, because:
      """
      A surviving joint owner can ask for notes held together; these were registered as sole owner.
      """

  Scenario: Nobody says in what capacity the person asks
    Given a complete request for $25,000 of note 02006DLF6
    And the capacity of the person asking is not given
    When the request is received on 2017-08-01
    Then it is pended
    And it waits only for "representative"

  Scenario: A surviving joint owner asks for notes payable on death: nobody needs to read the designation
    Given a complete request for $25,000 of note 02006DLF6
    And the notes were registered as transfer on death
    And the person asking is a surviving joint owner
    And the beneficiary designation is enclosed
    When the request is received on 2017-08-01
    Then it is rejected
    And "survivor of a note not held together" is found
    And "estate of an owner who named a beneficiary" is not found
