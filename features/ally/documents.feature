Feature: Survivor's option: the papers
  A request is complete when it is proved who died and when, who owned the notes and since when, and
  who may act. Until then it waits, and the answer names what it waits for. Papers may come later:
  the request is then accepted on the day the last of them arrives, and payment counts from that day.

  A complete request is that of the executor of a sole owner who acquired the notes on 2016-12-01 and
  died on 2017-06-10. It asks for the whole position, which stands in the deceased's account, and
  every paper is enclosed: death certificate, letters of authority, proof of ownership, repayment
  request and signature guarantee. Each scenario says only what is different, and what matters.

  Scenario Outline: The <paper> is missing
    Given a complete request for $25,000 of note 02006DLF6
    And the <paper> is missing
    When the request is received on 2017-08-01
    Then it is pended
    And it waits only for "<paper>"
    And these are found, each with its clause:
      | found  | clause                      |
      | <rule> | Survivor's option, evidence |
    And nothing is paid

    Examples:
      | paper                | rule                       |
      | death certificate    | proof of death             |
      | repayment request    | request for repayment      |
      | signature guarantee  | guarantee of the signature |
      | proof of ownership   | proof of ownership         |
      | letters of authority | letters of authority       |

  Scenario: An administrator needs letters of authority too
    Given a complete request for $25,000 of note 02006DLF6
    And the person asking is an administrator
    And the letters of authority are missing
    When the request is received on 2017-08-01
    Then it is pended
    And "letters of authority" is found, because "The administrator's letters of authority are missing."
    And it waits only for "letters of authority"

  Scenario: A small estate affiant without the affidavit
    Given a complete request for $25,000 of note 02006DLF6
    And the person asking is a small estate affiant
    And the letters of authority are missing
    When the request is received on 2017-08-01
    Then it is pended
    And it waits only for "small estate affidavit"

  Scenario Outline: Notes registered as <registration> need the <paper>
    Given a complete request for $25,000 of note 02006DLF6
    And the notes were registered as <registration>
    And the deceased was entitled to substantially all of the beneficial interest
    When the request is received on 2017-08-01
    Then it is pended
    And it waits only for "<paper>"

    Examples:
      | registration                  | paper                   |
      | trust                         | trust agreement         |
      | nominee                       | nominee certificate     |
      | transfer on death             | beneficiary designation |
      | individual retirement account | beneficiary designation |

  Scenario Outline: Notes registered as <registration>, with the <paper>
    Given a complete request for $25,000 of note 02006DLF6
    And the notes were registered as <registration>
    And the deceased was entitled to substantially all of the beneficial interest
    And the <paper> is enclosed
    When the request is received on 2017-08-01
    Then it is accepted

    Examples:
      | registration | paper               |
      | trust        | trust agreement     |
      | nominee      | nominee certificate |

  Scenario: Everything that is missing is named in one answer
    Given a complete request for $25,000 of note 02006DLF6
    And the death certificate and the signature guarantee are missing
    And the day acquired is not given
    When the request is received on 2017-08-01
    Then it is pended
    And it waits for "death certificate"
    And it waits for "signature guarantee"
    And it waits for "acquired_on"

  Scenario: Nobody says which papers there are
    Given a complete request for $25,000 of note 02006DLF6
    And the list of papers is not given
    When the request is received on 2017-08-01
    Then it is pended
    And it waits only for "documents"

  Scenario: The last paper arrives 20 days before an interest date
    Given a complete request for $25,000 of note 02006DLF6
    And the death certificate is missing
    And the request is received on 2017-08-01
    When the death certificate arrives on 2017-08-26
    Then it is accepted
    And the payment is due on 2017-09-15
    And $25,072.92 is paid on 2017-09-15

  Scenario: The last paper arrives 19 days before an interest date
    Given a complete request for $25,000 of note 02006DLF6
    And the death certificate is missing
    And the request is received on 2017-08-01
    When the death certificate arrives on 2017-08-27
    Then it is accepted
    And the payment is due on 2017-10-15
    And $25,072.92 is paid on 2017-10-16

  Scenario: One of two papers arrives
    Given a complete request for $25,000 of note 02006DLF6
    And the death certificate and the signature guarantee are missing
    And the request is received on 2017-08-01
    When the death certificate arrives on 2017-08-10
    Then it is pended
    And it waits only for "signature guarantee"

  Scenario: Two papers arrive one after the other
    Given a complete request for $25,000 of note 02006DLF6
    And the death certificate and the signature guarantee are missing
    And the request is received on 2017-08-01
    And the death certificate arrives on 2017-08-10
    When the signature guarantee arrives on 2017-08-14
    Then it is accepted
    And $25,072.92 is paid on 2017-09-15

  Scenario: Two papers arrive together
    Given a complete request for $25,000 of note 02006DLF6
    And the death certificate and the signature guarantee are missing
    And the request is received on 2017-08-01
    When the death certificate and the signature guarantee arrive on 2017-08-14
    Then it is accepted
    And $25,072.92 is paid on 2017-09-15

  Scenario: Two particulars that the request left out are reported together
    Given a complete request for $25,000 of note 02006DLF6
    And the day acquired is not given
    And the position is not given
    And the request is received on 2017-08-01
    When it is reported on 2017-08-14, of the request:
      | day acquired | 2016-12-01 |
      | position     | $25,000    |
    Then it is accepted
    And $25,072.92 is paid on 2017-09-15

  Scenario: Papers do not mend what stands against a request
    Given a complete request for $25,500 of note 02006DLF6
    And the death certificate is missing
    When the request is received on 2017-08-01
    Then it is rejected
    And these are found, each with its clause:
      | found                  | clause                      |
      | not in whole multiples | Survivor's option, amounts  |
      | proof of death         | Survivor's option, evidence |
