Feature: Survivor's option: what the deceased owned, and how it was registered
  Joint tenants, tenants by the entirety and tenants in common with the spouse: one death counts for
  the whole note. A tenant in common with anyone else leaves the deceased's own share. Whoever was
  entitled in life to substantially all of the benefit counts, though someone else was the holder.
  Title alone does not say who owned the notes: an answer applies the terms, and judges nobody.

  A complete request is that of the executor of a sole owner who acquired the notes on 2016-12-01 and
  died on 2017-06-10. It asks for the whole position, which stands in the deceased's account, and
  every paper is enclosed: death certificate, letters of authority, proof of ownership, repayment
  request and signature guarantee. Each scenario says only what is different, and what matters.

  Scenario Outline: One death counts for the whole note of <registration>
    Given a complete request for $25,000 of note 02006DLF6
    And the notes were registered as <registration>
    And the co-owner was not the spouse
    When the request is received on 2017-08-01
    Then it is accepted
    And $25,000 is accepted
    And nothing stands against it

    Examples:
      | registration            |
      | joint tenants           |
      | tenants by the entirety |
      | community property      |

  Scenario: Tenants in common who were married
    Given a complete request for $10,000 of note 02006DLF6
    And the notes were registered as tenants in common
    And the co-owner was the spouse
    And the share of the deceased was 1/3
    When the request is received on 2017-08-01
    Then it is accepted
    And $10,000 is accepted
    And "share of a tenant in common" is not found

  Scenario: Tenants in common who were not: a third of $10,000
    A third is $3,333.33, and principal is repaid in multiples of $1,000.
    Given a complete request for $10,000 of note 02006DLF6
    And the notes were registered as tenants in common
    And the co-owner was not the spouse
    And the share of the deceased was 1/3
    When the request is received on 2017-08-01
    Then it is accepted
    And $3,000 is accepted
    And $7,000 is not accepted
    And "share of a tenant in common" is found, because:
      """
      A tenant in common with anyone but the spouse leaves only what remains of the deceased's own
      share of the position, $3,333.33.
      """
    And $3,008.75 is paid on 2017-09-15

  Scenario: The share is of the position, not of what is asked for
    Given a complete request for $5,000 of note 02006DLF6
    And the position is $10,000
    And the notes were registered as tenants in common
    And the co-owner was not the spouse
    And the share of the deceased was 1/2
    When the request is received on 2017-08-01
    Then it is accepted
    And $5,000 is accepted
    And $0 is not accepted

  Scenario: One multiple more than the share
    Given a complete request for $6,000 of note 02006DLF6
    And the position is $10,000
    And the notes were registered as tenants in common
    And the co-owner was not the spouse
    And the share of the deceased was 1/2
    When the request is received on 2017-08-01
    Then it is accepted
    And $5,000 is accepted
    And $1,000 is not accepted
    And $0 is carried over

  Scenario: The share is less than the least that is repaid
    Given a complete request for $10,000 of note 02006DLF6
    And the notes were registered as tenants in common
    And the co-owner was not the spouse
    And the share of the deceased was 1/20
    When the request is received on 2017-08-01
    Then it is rejected
    And $10,000 is not accepted
    And nothing is paid

  Scenario Outline: Tenants in common, and it is not said: the <open>
    Given a complete request for $10,000 of note 02006DLF6
    And the notes were registered as tenants in common
    And the co-owner was not the spouse
    And the share of the deceased was 1/3
    And the <open> is not given
    When the request is received on 2017-08-01
    Then it is pended
    And it waits only for "<field>"

    Examples:
      | open                     | field              |
      | relation of the co-owner | co_owner_is_spouse |
      | share of the deceased    | deceased_share     |

  Scenario: A joint account whose ownership was signed away before the death
    Given a complete request for $25,000 of note 02006DLF6
    And the notes were registered as joint tenants
    And the person asking is a surviving joint owner
    And a paper shows that ownership was signed away before the death
    When the request is received on 2017-08-01
    Then it is rejected
    And these are found, each with its clause:
      | found                         | clause                              |
      | not beneficial owner at death | Survivor's option, beneficial owner |
    And "not beneficial owner at death" is found, because:
      """
      The deceased was not beneficial owner at death, whatever the title says.
      """
    And it accuses nobody

  Scenario: The papers leave it open who owned the notes
    Given a complete request for $25,000 of note 02006DLF6
    And the notes were registered as joint tenants
    And the person asking is a surviving joint owner
    And the papers leave open who owned the notes at death
    When the request is received on 2017-08-01
    Then it is referred
    And "ownership in doubt" is found
    And it accuses nobody

  Scenario Outline: Entitled to substantially all of the interest, though <registration> is the title
    Given a complete request for $25,000 of note 02006DLF6
    And the notes were registered as <registration>
    And the trust agreement and the nominee certificate are enclosed
    And the deceased was entitled to substantially all of the beneficial interest
    When the request is received on 2017-08-01
    Then it is accepted

    Examples:
      | registration |
      | custodian    |
      | trust        |
      | nominee      |
      | life tenant  |

  Scenario Outline: Entitled to only part of the interest, <registration> being the title
    Given a complete request for $25,000 of note 02006DLF6
    And the notes were registered as <registration>
    And the trust agreement and the nominee certificate are enclosed
    And the deceased was entitled to only part of the beneficial interest
    When the request is received on 2017-08-01
    Then it is rejected
    And these are found, each with its clause:
      | found                                 | clause                              |
      | not substantially all of the interest | Survivor's option, beneficial owner |

    Examples:
      | registration |
      | custodian    |
      | trust        |
      | nominee      |
      | life tenant  |

  Scenario: The question does not arise for a joint tenant
    Given a complete request for $25,000 of note 02006DLF6
    And the notes were registered as joint tenants
    And the deceased was entitled to only part of the beneficial interest
    When the request is received on 2017-08-01
    Then it is accepted

  Scenario: The estate holds the notes
    Given a complete request for $25,000 of note 02006DLF6
    And the notes now stand in the estate's account
    When the request is received on 2017-08-01
    Then it is accepted

  Scenario: An heir holds the notes
    Given a complete request for $25,000 of note 02006DLF6
    And the notes have been transferred to an heir
    When the request is received on 2017-08-01
    Then it is rejected
    And these are found, each with its clause:
      | found                     | clause                              |
      | position transferred away | Survivor's option, beneficial owner |

  Scenario Outline: What is not said is not taken for a no: the <open>
    Given a complete request for $25,000 of note 02006DLF6
    And the <open> is not given
    When the request is received on 2017-08-01
    Then it is pended
    And it waits for "<field>"
    And nothing is paid

    Examples:
      | open                       | field          |
      | registration               | registration   |
      | ownership at death         | owner_at_death |
      | account the notes stand in | held_in        |

  Scenario: A trust of which it is not said who had the benefit
    Given a complete request for $25,000 of note 02006DLF6
    And the notes were registered as trust
    And the trust agreement is enclosed
    And the beneficial interest is not given
    When the request is received on 2017-08-01
    Then it is pended
    And it waits only for "substantially_all_beneficial_interest"
