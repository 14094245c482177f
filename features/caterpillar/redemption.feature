Feature: Redemption of Caterpillar PowerNotes at a make-whole price
  The imagined note pays 5 per cent half-yearly. It is redeemed at the greater of 100 per cent and what
  is left to pay to the par call date, 2017-06-15, at the Treasury yield plus 25 basis points; from that
  day on at 100 per cent. On 2016-12-15 one payment of $1,025 is left, half a year off: at 1 per cent a
  year it is worth 1,025 / 1.005 = $1,019.90; at 5 per cent, 1,025 / 1.025 = $1,000, which is par. The
  half-year's interest of $25 is paid beside it.

  Scenario: The notes are worth more than par
    Given a call at par of all of note XCATF0008 for 2016-12-15
    And the Treasury yield is 0.75 %
    And the notice gives the price as 101.990 %
    When notice of it is given on 2016-11-01
    Then it is accepted
    And $1,044.90 is paid for each $1,000 on 2016-12-15

  Scenario: The notes are worth just par
    Given a call at par of all of note XCATF0008 for 2016-12-15
    And the Treasury yield is 4.75 %
    When notice of it is given on 2016-11-01
    Then it is accepted
    And $1,025.00 is paid for each $1,000 on 2016-12-15

  Scenario: The notes are worth less than par, and are redeemed at par
    Given a call at par of all of note XCATF0008 for 2016-12-15
    And the Treasury yield is 9.75 %
    When notice of it is given on 2016-11-01
    Then it is accepted
    And $1,025.00 is paid for each $1,000 on 2016-12-15

  Scenario: Nobody says the Treasury yield
    Given a call at par of all of note XCATF0008 for 2016-12-15
    When notice of it is given on 2016-11-01
    Then it is pended
    And it waits for "treasury_yield"

  Scenario: From the par call date no yield is asked for
    Given a call at par of all of note XCATF0008 for 2017-06-15
    When notice of it is given on 2017-05-01
    Then it is accepted
    And $1,025.00 is paid for each $1,000 on 2017-06-15

  Scenario: The survivor's option of the note
    Half a year's interest on $25,000 at 5 per cent is $625.00.
    Given a complete request for $25,000 of note XCATF0008
    And the notes were acquired on 2008-06-12
    And the owner died on 2009-10-10
    When the request is received on 2009-11-02
    Then it is accepted
    And $25,625 is paid on 2009-12-15
