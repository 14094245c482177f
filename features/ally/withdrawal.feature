Feature: Survivor's option: no withdrawal
  A request, once made, may not be withdrawn. Asking for it is answered, with the clause, and leaves
  the request as it stands.

  A complete request is that of the executor of a sole owner who acquired the notes on 2016-12-01 and
  died on 2017-06-10. It asks for the whole position, which stands in the deceased's account, and
  every paper is enclosed: death certificate, letters of authority, proof of ownership, repayment
  request and signature guarantee. Each scenario says only what is different, and what matters.

  Scenario: An accepted request may not be withdrawn
    Given a complete request for $25,000 of note 02006DLF6
    And the request is received on 2017-08-01
    When withdrawal of the request is asked for on 2017-08-02
    Then it is rejected
    And these are found, each with its clause:
      | found          | clause                           |
      | requests stand | Survivor's option, no withdrawal |
    And "requests stand" is found, because "A request once made may not be withdrawn; this one is accepted."
    And nothing is paid

  Scenario: A request that waits for papers may not be withdrawn either
    Given a complete request for $25,000 of note 02006DLF6
    And the death certificate is missing
    And the request is received on 2017-08-01
    When withdrawal of the request is asked for on 2017-08-02
    Then it is rejected
    And "requests stand" is found, because "A request once made may not be withdrawn; this one is pended."

  Scenario: The refusal leaves the request as it was
    Given a complete request for $25,000 of note 02006DLF6
    And the death certificate is missing
    And the request is received on 2017-08-01
    And withdrawal of the request is asked for on 2017-08-02
    When the death certificate arrives on 2017-08-03
    Then it is accepted
    And $25,072.92 is paid on 2017-09-15

  Scenario: There is no such request
    Given a complete request "A" for $25,000 of note 02006DLF6
    When withdrawal of the request is asked for on 2017-08-02
    Then it is referred
    And "request not known" is found, because "No request `A` is on the ledger."
