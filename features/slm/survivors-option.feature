Feature: Survivor's option of SLM EdNotes: by issue date, and by note
  Notes issued from January 1, 2004 have no survivor's option. Older notes keep it as long as they
  live, unless their own pricing supplement says no.

  A complete request is that of the executor of a sole owner; it asks for the whole position, and every
  paper an executor has to bring is enclosed. The notes are imagined.

  Scenario: Issued the day before the option was ended, asked for years later
    Given a complete request for $25,000 of note XSLM00002
    And the notes were acquired on 2003-12-31
    And the owner died on 2007-06-10
    When the request is received on 2007-08-01
    Then it is accepted

  Scenario: Issued the day it was ended
    Given a complete request for $25,000 of note XSLM00010
    And the notes were acquired on 2004-01-01
    And the owner died on 2007-06-10
    When the request is received on 2007-08-01
    Then it is rejected
    And these are found, each with its clause:
      | found        | clause                               |
      | option ended | Survivor's Option, end of the option |

  Scenario: Issued after it was ended, and yet the pricing supplement says yes
    Given a complete request for $25,000 of note XSLM00036
    And the notes were acquired on 2004-01-01
    And the owner died on 2007-06-10
    When the request is received on 2007-08-01
    Then it is referred
    And "option printed though ended" is found
    And "option ended" is not found

  Scenario: Issued before, and the pricing supplement says no
    Given a complete request for $25,000 of note XSLM00028
    And the notes were acquired on 2003-12-31
    And the owner died on 2007-06-10
    When the request is received on 2007-08-01
    Then it is rejected
    And "no survivor's option on the note" is found

  Scenario: A survivor of an older note is repaid
    A month's interest on $25,000 at 3.6 per cent is $75.00.
    Given a complete request for $25,000 of note XSLM00002
    And the notes were acquired on 2003-12-31
    And the owner died on 2007-06-10
    When the request is received on 2007-08-01
    Then it is accepted
    And $25,075 is paid on 2007-09-17
