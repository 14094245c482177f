Feature: Survivor's option: who may ask
  The option is exercised by a person with authority to act for the deceased: an executor, an
  administrator, a surviving joint owner of notes held together, a trustee, a custodian, or whoever
  holds a small estate affidavit. A power given in life ends with the owner's death.

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

  Scenario Outline: The trustee or custodian of notes registered so has authority
    Given a complete request for $25,000 of note 02006DLF6
    And the notes were registered as <registration>
    And the deceased was entitled to substantially all of the beneficial interest
    And the person asking is <capacity>
    And the trust agreement is enclosed
    When the request is received on 2017-08-01
    Then it is accepted

    Examples:
      | registration | capacity    |
      | trust        | a trustee   |
      | custodian    | a custodian |

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
