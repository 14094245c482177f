Feature: Redemption of Dow InterNotes
  Some notes are "Non-Callable", some "Callable at 100.000% on 09/15/2011 and every coupon date
  thereafter", and of some the sentence was not read, or breaks off. Half a year's interest on $1,000 at
  3.5 per cent is $17.50.

  Scenario: Called for its first call date
    Given a call at par of all of note 26054LKM4 for 2011-09-15
    When notice of it is given on 2011-08-10
    Then it is accepted
    And $1,017.50 is paid for each $1,000 on 2011-09-15

  Scenario: Called for a day between two coupon dates
    Given a call at par of all of note 26054LKM4 for 2011-10-15
    When notice of it is given on 2011-09-10
    Then it is rejected
    And "not a call date" is found, because "The note cannot be called for 2011-10-15; the notice would serve 2012-03-15."

  Scenario: A note that cannot be called
    Given a call at par of all of note 26054LAC7 for 2005-07-15
    When notice of it is given on 2005-06-10
    Then it is rejected
    And "note cannot be called" is found

  Scenario Outline: A note whose sentence was not read, or not to its end
    Given a call at par of all of note <note> for <day>
    When notice of it is given on <given>
    Then it is referred
    And "redemption terms not read" is found

    Examples:
      | note      | day        | given      |
      | 26054LCA9 | 2009-12-15 | 2009-11-10 |
      | 26054LKN2 | 2011-09-15 | 2011-08-10 |

  Scenario: The printed first coupon of a note whose issue date is printed
    When the interest payment on $1,000 of note 26054LAC7 falls due on 2003-01-15
    Then it is accepted
    And $29.03 is paid on 2003-01-15

  Scenario: The one first coupon that does not come out as printed
    Its supplement prints $8.94. Its issue date is inferred; counted from that day it is $9.05.
    When the interest payment on $1,000 of note 26054LRW5 falls due on 2013-08-15
    Then it is accepted
    And $9.05 is paid on 2013-08-15
