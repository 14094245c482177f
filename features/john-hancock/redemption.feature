Feature: Redemption of John Hancock SignatureNotes: one time only, or the coupon steps up
  "Callable one time only at 100% on call date above with 30 days notice." The coupon is 2.250 per cent
  through the day before the call date, and 4.500 per cent thereafter, unless the note is called.
  The note is imagined, with the terms of one in Pricing Supplement No. 46.

  Scenario: Called on the call date
    Given a call at par of all of note XJHAN0008 for 2005-06-15
    When notice of it is given on 2005-05-16
    Then it is accepted
    And $1,001.88 is paid for each $1,000 on 2005-06-15

  Scenario: One day too late
    Given a call at par of all of note XJHAN0008 for 2005-06-15
    When notice of it is given on 2005-05-17
    Then it is rejected
    And "short notice" is found
    And the near miss says "1 day"

  Scenario: Not called then, it is never called
    Given a call at par of all of note XJHAN0008 for 2005-07-15
    When notice of it is given on 2005-06-01
    Then it is rejected
    And "not a call date" is found, because "The note cannot be called for 2005-07-15; the notice would serve no later call date."

  Scenario: The last interest before the step
    When the interest payment on $1,000 of note XJHAN0008 falls due on 2005-06-15
    Then it is accepted
    And $1.88 is paid on 2005-06-15

  Scenario: The first interest after it
    When the interest payment on $1,000 of note XJHAN0008 falls due on 2005-07-15
    Then it is accepted
    And $3.75 is paid on 2005-07-15

  Rule: Where a pricing supplement prints no notice, the prospectus asks for thirty calendar days
    The imagined note pays 2.4 per cent monthly: $2.00 on $1,000.

    Scenario: Thirty days
      Given a call at par of all of note XJHAN0016 for 2005-06-15
      When notice of it is given on 2005-05-16
      Then it is accepted
      And $1,002.00 is paid for each $1,000 on 2005-06-15

    Scenario: Twenty-nine
      Given a call at par of all of note XJHAN0016 for 2005-06-15
      When notice of it is given on 2005-05-17
      Then it is rejected
      And "short notice" is found
      And the near miss says "1 day"

    Scenario: The survivor's option of such a note
      Given a complete request for $25,000 of note XJHAN0016
      And the notes were acquired on 2003-06-19
      And the owner died on 2004-06-10
      When the request is received on 2004-08-01
      Then it is accepted
      And $25,050 is paid on 2004-09-15
