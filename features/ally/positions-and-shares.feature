Feature: Survivor's option: positions and shares
  A position is the principal that stands in one account. What was repaid, redeemed or accepted of it
  cannot be asked for again, by whomever. Limits count for the owner, principal for the position. Where
  a tenant in common dies, only the owner's share of the position may be repaid, and that once.

  A complete request is that of the executor of a sole owner who acquired the notes on 2016-12-01 and
  died on 2017-06-10. It asks for the whole position, which stands in the deceased's account, and
  every paper is enclosed: death certificate, letters of authority, proof of ownership, repayment
  request and signature guarantee. Each scenario says only what is different, and what matters.

  Rule: A tenant in common's share is repaid once

    Scenario: A third of $30,000, asked for three times
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the position is $30,000
      And the notes were registered as tenants in common
      And the co-owner was not the spouse
      And the share of the deceased was 1/3
      And request "A" is received on 2017-08-01
      And a complete request "B" for $10,000 of note 02006DLF6
      And it is of the same owner as request "A"
      And the position is $30,000
      And the notes were registered as tenants in common
      And the co-owner was not the spouse
      And the share of the deceased was 1/3
      And a complete request "C" for $1,000 of note 02006DLF6
      And it is of the same owner as request "A"
      And the position is $30,000
      And the notes were registered as tenants in common
      And the co-owner was not the spouse
      And the share of the deceased was 1/3
      When request "B" is received on 2017-08-02
      Then it is rejected
      And $0 is accepted
      And $10,000 is not accepted
      And "share of a tenant in common" is found, because:
        """
        A tenant in common with anyone but the spouse leaves only what remains of the deceased's own
        share of the position, $0.
        """
      When request "C" is received on 2017-08-03
      Then it is rejected
      And $0 is accepted
      And request "A" stands accepted for $10,000

    Scenario Outline: Of a share of $10,000, $8,000 was accepted: <asked> more is asked for
      Given a complete request "A" for $8,000 of note 02006DLF6
      And the position is $30,000
      And the notes were registered as tenants in common
      And the co-owner was not the spouse
      And the share of the deceased was 1/3
      And request "A" is received on 2017-08-01
      And a complete request "B" for <asked> of note 02006DLF6
      And it is of the same owner as request "A"
      And the position is $30,000
      And the notes were registered as tenants in common
      And the co-owner was not the spouse
      And the share of the deceased was 1/3
      When request "B" is received on 2017-08-02
      Then it is accepted
      And <accepted> is accepted
      And <not> is not accepted
      And <paid> is paid on 2017-09-15

      Examples: A month's interest on $1,000 is $2.9167
        | asked  | accepted | not    | paid      |
        | $1,000 | $1,000   | $0     | $1,002.92 |
        | $2,000 | $2,000   | $0     | $2,005.83 |
        | $3,000 | $2,000   | $1,000 | $2,005.83 |
        | $5,000 | $2,000   | $3,000 | $2,005.83 |

    Scenario: What is left of a share is less than the least that is repaid
      A third of $40,000 is $13,333.33; once $13,000 is accepted, $333.33 is left.
      Given a complete request "A" for $13,000 of note 02006DLG4
      And the position is $40,000
      And the notes were registered as tenants in common
      And the co-owner was not the spouse
      And the share of the deceased was 1/3
      And request "A" is received on 2017-08-01
      And a complete request "B" for $1,000 of note 02006DLG4
      And it is of the same owner as request "A"
      And the position is $40,000
      And the notes were registered as tenants in common
      And the co-owner was not the spouse
      And the share of the deceased was 1/3
      When request "B" is received on 2017-08-02
      Then it is rejected
      And $1,000 is not accepted

    Scenario Outline: The share is of what there was before any of it was paid: <asked> is asked for after <paid>
      Two fifths of $50,000 are $20,000.
      Given a complete request "A" for <paid> of note 02006DLG4
      And the position is $50,000
      And the notes were registered as tenants in common
      And the co-owner was not the spouse
      And the share of the deceased was 2/5
      And request "A" is received on 2017-08-01
      And request "A" is repaid <paid> due on 2017-09-15
      And a complete request "B" for <asked> of note 02006DLG4
      And it is of the same owner as request "A"
      And the position is <left>
      And the notes were registered as tenants in common
      And the co-owner was not the spouse
      And the share of the deceased was 2/5
      When request "B" is received on 2017-09-18
      Then it is <outcome>
      And <accepted> is accepted
      And <not> is not accepted

      Examples: Two fifths of what was left by then would be less, or more than is left of the share
        | paid    | left    | asked   | outcome  | accepted | not     |
        | $12,000 | $38,000 | $8,000  | accepted | $8,000   | $0      |
        | $12,000 | $38,000 | $9,000  | accepted | $8,000   | $1,000  |
        | $19,000 | $31,000 | $12,000 | accepted | $1,000   | $11,000 |
        | $20,000 | $30,000 | $12,000 | rejected | $0       | $12,000 |

    Scenario: Tenants in common who were married: each of two requests may go beyond half
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the position is $30,000
      And the notes were registered as tenants in common
      And the co-owner was the spouse
      And request "A" is received on 2017-08-01
      And a complete request "B" for $20,000 of note 02006DLF6
      And it is of the same owner as request "A"
      And the position is $30,000
      And the notes were registered as tenants in common
      And the co-owner was the spouse
      When request "B" is received on 2017-08-02
      Then it is accepted
      And $20,000 is accepted

    Scenario: The other tenant in common dies too, and has a share of their own
      Given a complete request "A" for $20,000 of note 02006DLF6
      And the position is $40,000
      And the notes stand in account "broker-1"
      And the notes were registered as tenants in common
      And the co-owner was not the spouse
      And the share of the deceased was 1/2
      And request "A" is received on 2017-06-20
      And a complete request "B" for $21,000 of note 02006DLF6
      And the position is $40,000
      And the owner died on 2017-06-22
      And the notes stand in account "broker-1"
      And the notes were registered as tenants in common
      And the co-owner was not the spouse
      And the share of the deceased was 1/2
      And a complete request "C" for $20,000 of note 02006DLF6
      And it is of the same owner as request "B"
      And the position is $40,000
      And the owner died on 2017-06-22
      And the notes stand in account "broker-1"
      And the notes were registered as tenants in common
      And the co-owner was not the spouse
      And the share of the deceased was 1/2
      When request "B" is received on 2017-06-25
      Then it is rejected
      And "position already tendered" is found
      When request "C" is received on 2017-06-26
      Then it is accepted
      And $20,000 is accepted

    Scenario: One owner's requests disagree about the share: a person has to say which is right
      Given a complete request "A" for $8,000 of note 02006DLF6
      And the position is $30,000
      And the notes were registered as tenants in common
      And the co-owner was not the spouse
      And the share of the deceased was 1/3
      And request "A" is received on 2017-08-01
      And a complete request "B" for $5,000 of note 02006DLF6
      And it is of the same owner as request "A"
      And the position is $30,000
      And the notes were registered as tenants in common
      And the co-owner was not the spouse
      And the share of the deceased was 1/2
      When request "B" is received on 2017-08-02
      Then it is referred
      And "told otherwise" is found, because "Request `A` reports `deceased_share` as 1/3, this one as 1/2."
      And a person is asked about the share of the deceased: 1/3 or 1/2
      And nothing is paid

    Scenario: One owner's requests disagree about the registration
      Given a complete request "A" for $8,000 of note 02006DLG4
      And the position is $30,000
      And the notes were registered as tenants in common
      And the co-owner was not the spouse
      And the share of the deceased was 1/3
      And request "A" is received on 2017-08-01
      And a complete request "B" for $22,000 of note 02006DLG4
      And it is of the same owner as request "A"
      And the position is $30,000
      When request "B" is received on 2017-08-02
      Then it is referred
      And a person is asked about the registration: tenants in common or sole owner

  Rule: What was repaid is not there to be asked for again

    Scenario: Of $50,000, $20,000 was repaid: the whole is asked for
      Given a complete request "A" for $20,000 of note 02006DLF6
      And the position is $50,000
      And request "A" is received on 2017-08-01
      And request "A" is repaid $20,000 due on 2017-09-15
      And a complete request "B" for $50,000 of note 02006DLF6
      And it is of the same owner as request "A"
      And the position is $50,000
      When request "B" is received on 2017-10-02
      Then it is referred
      And "position contradicted" is found, because:
        """
        The request reports a position of $50,000; by the ledger $30,000 stands there.
        """
      And a person is asked about the position: $50,000 reported or $30,000 on the ledger
      And nothing is paid

    Scenario Outline: Of $50,000, $20,000 was repaid: <asked> is asked for, and the position reported as <position>
      Given a complete request "A" for $20,000 of note <note>
      And the position is $50,000
      And request "A" is received on 2017-08-01
      And request "A" is repaid $20,000 due on 2017-09-15
      And a complete request "B" for <asked> of note <note>
      And it is of the same owner as request "A"
      And the position is <position>
      When request "B" is received on 2017-10-02
      Then it is <outcome>

      Examples: The rest of it, and a figure a cent beside the rest
        | note      | asked   | position   | outcome  |
        | 02006DLF6 | $30,000 | $30,000    | accepted |
        | 02006DLG4 | $29,000 | $30,000    | accepted |
        | 02006DLF6 | $31,000 | $30,000    | rejected |
        | 02006DLF6 | $29,000 | $30,000.01 | referred |
        | 02006DLG4 | $28,000 | $29,999.99 | referred |

    Scenario Outline: $20,000 of $50,000 is accepted and not paid yet: the next request reports <position>
      Whether principal that is tendered already still counts, platforms tell differently.
      Given a complete request "A" for $20,000 of note 02006DLF6
      And the position is $50,000
      And request "A" is received on 2017-08-01
      And a complete request "B" for $10,000 of note 02006DLF6
      And it is of the same owner as request "A"
      And the position is <position>
      When request "B" is received on 2017-08-02
      Then it is <outcome>

      Examples: Whatever lies between what is left and what stands there agrees with it
        | position   | outcome  |
        | $29,999.99 | referred |
        | $30,000    | accepted |
        | $42,000    | accepted |
        | $50,000    | accepted |
        | $50,000.01 | referred |

    Scenario Outline: All of it was repaid: <asked> is asked for, and the position reported as <position>
      Given a complete request "A" for $25,000 of note <note>
      And request "A" is received on 2017-08-01
      And request "A" is repaid $25,000 due on 2017-09-15
      And a complete request "B" for <asked> of note <note>
      And it is of the same owner as request "A"
      And the position is <position>
      When request "B" is received on 2017-09-18
      Then it is rejected
      And "position already repaid" is found
      And <asked> is not accepted

      Examples:
        | note      | asked   | position |
        | 02006DLF6 | $25,000 | $25,000  |
        | 02006DLG4 | $1,000  | $1,000   |

    Scenario: What only a refused request reported is replaced without asking
      Given a complete request "A" for $2,500 of note 02006DLF6
      And the position is $30,000
      And request "A" is received on 2017-08-01
      And a complete request "B" for $20,000 of note 02006DLF6
      And it is of the same owner as request "A"
      When request "B" is received on 2017-08-02
      Then it is accepted
      And nothing stands against it

  Rule: Two accounts are two positions, and one owner

    Scenario: One estate, two brokers
      Given a complete request "A" for $15,000 of note 02006DLF6
      And the notes stand in account "broker-1"
      And request "A" is received on 2017-08-01
      And a complete request "B" for $20,000 of note 02006DLF6
      And it is of the same owner as request "A"
      And the notes stand in account "broker-2"
      When request "B" is received on 2017-08-02
      Then it is accepted
      And $20,000 is accepted
      And request "A" stands accepted for $15,000

    Scenario: The same account a second time
      Given a complete request "A" for $15,000 of note 02006DLF6
      And the notes stand in account "broker-1"
      And request "A" is received on 2017-08-01
      And a complete request "B" for $15,000 of note 02006DLF6
      And it is of the same owner as request "A"
      And the notes stand in account "broker-1"
      When request "B" is received on 2017-08-02
      Then it is rejected
      And "position already tendered" is found

    Scenario: The owner's limit covers both
      Given the programme is ally/term-notes-a
      And the issuer elected the individual limit for 2017
      And a complete request "A" for $200,000 of note 02006DLF6
      And the notes stand in account "broker-1"
      And request "A" is received on 2017-08-01
      And a complete request "B" for $100,000 of note 02006DLF6
      And it is of the same owner as request "A"
      And the notes stand in account "broker-2"
      When request "B" is received on 2017-08-02
      Then it is accepted
      And $50,000 is accepted
      And $50,000 is carried over

    Scenario: A request that names no account may be about the one that was named
      Given a complete request "A" for $15,000 of note 02006DLF6
      And the notes stand in account "broker-1"
      And request "A" is received on 2017-08-01
      And a complete request "B" for $20,000 of note 02006DLF6
      And it is of the same owner as request "A"
      When request "B" is received on 2017-08-02
      Then it is pended
      And it waits only for "account_ref"
      When it is reported on 2017-08-03 that the account is broker-2
      Then it is accepted
      And $20,000 is accepted

    Scenario: It was about the one that was named
      Given a complete request "A" for $15,000 of note 02006DLF6
      And the notes stand in account "broker-1"
      And request "A" is received on 2017-08-01
      And a complete request "B" for $15,000 of note 02006DLF6
      And it is of the same owner as request "A"
      And request "B" is received on 2017-08-02
      When it is reported on 2017-08-03 that the account is broker-1
      Then it is rejected
      And "position already tendered" is found

    Scenario Outline: A request that names no account reports a position of <position>
      $15,000 is claimed in an account that was named, and $20,000 is asked for now.
      Given a complete request "A" for $15,000 of note 02006DLG4
      And the notes stand in account "broker-1"
      And request "A" is received on 2017-08-01
      And a complete request "B" for $20,000 of note 02006DLG4
      And it is of the same owner as request "A"
      And the position is <position>
      When request "B" is received on 2017-08-02
      Then it is <outcome>

      Examples: One that holds both leaves nothing to ask
        | position   | outcome  |
        | $34,999.99 | pended   |
        | $35,000    | accepted |

    Scenario Outline: A request names its account after one that named none, and reports a position of <position>
      Given a complete request "A" for $15,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And a complete request "B" for $20,000 of note 02006DLF6
      And it is of the same owner as request "A"
      And the notes stand in account "broker-2"
      And the position is <position>
      When request "B" is received on 2017-08-02
      Then it is <outcome>

      Examples: One that holds both leaves nothing to ask
        | position   | outcome  |
        | $34,999.99 | referred |
        | $35,000    | accepted |

    Scenario: A person says that it is another account
      Given a complete request "A" for $15,000 of note 02006DLF6
      And request "A" is received on 2017-08-01
      And a complete request "B" for $20,000 of note 02006DLF6
      And it is of the same owner as request "A"
      And the notes stand in account "broker-2"
      When request "B" is received on 2017-08-02
      Then it is referred
      And "account unclear" is found, because:
        """
        The owner claims $15,000 of this note in an account that was not named; it may be the same
        principal as in account `broker-2`.
        """
      And a person is asked about the account: broker-2 or $15,000 in an account not named
      When a person lets the request go on, on 2017-08-04
      Then it is accepted
      And $20,000 is accepted
      And the payment is due on 2017-09-15

    Scenario: Until a request names its owner or its account, it has no position
      Given a complete request for $10,000 of note 02006DLF6
      And the owner is not given
      And the request is received on 2017-08-01
      When it is reported on 2017-08-20 that the account is broker-1
      Then it is accepted
      And $10,000 is accepted
      And the payment is due on 2017-09-15

    Scenario: It names its account a week later, and is repaid a month later
      Given a complete request for $10,000 of note 02006DLF6
      And the owner is not given
      And the request is received on 2017-08-01
      When it is reported on 2017-08-27 that the account is broker-1
      Then it is accepted
      And the payment is due on 2017-10-15

    Scenario Outline: The account is named <when> the payment: the same account is not repaid twice
      Given a complete request "A" for $10,000 of note <note>
      And request "A" is received on 2017-08-01
      And <first>
      And <then>
      And a complete request "B" for $10,000 of note <note>
      And it is of the same owner as request "A"
      And the notes stand in account "broker-1"
      When request "B" is received on 2017-09-25
      Then it is rejected
      And $10,000 is not accepted

      Examples:
        | when   | note      | first                                                   | then                                                    |
        | before | 02006DLF6 | it is reported on 2017-09-11 that the account is broker-1 | request "A" is repaid $10,000 due on 2017-09-15         |
        | after  | 02006DLG4 | request "A" is repaid $10,000 due on 2017-09-15         | it is reported on 2017-09-18 that the account is broker-1 |

    Scenario: The account is named after a part of it was paid: the rest may be asked for
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the position is $30,000
      And request "A" is received on 2017-08-01
      And request "A" is repaid $10,000 due on 2017-09-15
      And it is reported on 2017-09-18 that the account is broker-1
      And a complete request "B" for $20,000 of note 02006DLF6
      And it is of the same owner as request "A"
      And the notes stand in account "broker-1"
      When request "B" is received on 2017-09-25
      Then it is accepted
      And $20,000 is accepted
      Given a complete request "C" for $1,000 of note 02006DLF6
      And it is of the same owner as request "A"
      And the notes stand in account "broker-1"
      And the position is $20,000
      When request "C" is received on 2017-09-26
      Then it is rejected

  Rule: One account may have two owners, and its principal is repaid once

    Scenario: Both owners of a joint account die
      Given a complete request "husband" for $40,000 of note 02006DLF6
      And the notes stand in account "joint"
      And the notes were registered as joint tenants
      And the person asking is a surviving joint owner
      And request "husband" is received on 2017-06-20
      And a complete request "wife" for $40,000 of note 02006DLF6
      And the notes stand in account "joint"
      And the owner died on 2017-06-22
      When request "wife" is received on 2017-06-25
      Then it is rejected
      And $0 is accepted
      And "position already tendered" is found
      When request "husband" is repaid $40,000 due on 2017-07-15
      Then it is recorded

    Scenario: The second request comes after the first was paid
      Given a complete request "husband" for $40,000 of note 02006DLF6
      And the notes stand in account "joint"
      And the notes were registered as joint tenants
      And the person asking is a surviving joint owner
      And request "husband" is received on 2017-06-20
      And request "husband" is repaid $40,000 due on 2017-07-15
      And a complete request "wife" for $40,000 of note 02006DLF6
      And the notes stand in account "joint"
      And the owner died on 2017-06-22
      When request "wife" is received on 2017-07-20
      Then it is rejected
      And "position already repaid" is found

    Scenario Outline: The first asked for $25,000 of $40,000: the second asks for <asked>
      Given a complete request "husband" for $25,000 of note 02006DLG4
      And the position is $40,000
      And the notes stand in account "joint"
      And the notes were registered as joint tenants
      And the person asking is a surviving joint owner
      And request "husband" is received on 2017-06-20
      And a complete request "wife" for <asked> of note 02006DLG4
      And the position is $40,000
      And the notes stand in account "joint"
      And the notes were registered as joint tenants
      And the owner died on 2017-06-22
      When request "wife" is received on 2017-06-25
      Then it is <outcome>

      Examples:
        | asked   | outcome  |
        | $14,000 | accepted |
        | $15,000 | accepted |
        | $16,000 | rejected |

    Scenario: Another account of the same note is another position
      Given a complete request "husband" for $40,000 of note 02006DLF6
      And the notes stand in account "joint"
      And the notes were registered as joint tenants
      And the person asking is a surviving joint owner
      And request "husband" is received on 2017-06-20
      And a complete request "wife" for $40,000 of note 02006DLF6
      And the notes stand in account "her own"
      And the owner died on 2017-06-22
      When request "wife" is received on 2017-06-25
      Then it is accepted
      And $40,000 is accepted

    Scenario: The same account name in another note is another position
      Given a complete request "first" for $40,000 of note 02006DLF6
      And the notes stand in account "joint"
      And request "first" is received on 2017-08-01
      And a complete request "second" for $40,000 of note 02006DLG4
      And the notes stand in account "joint"
      When request "second" is received on 2017-08-02
      Then it is accepted

    Scenario: Each owner has a limit of their own
      Given the programme is ally/term-notes-a
      And the issuer elected the individual limit for 2017
      And a complete request "husband" for $250,000 of note 02006DLF6
      And the position is $500,000
      And the notes stand in account "joint"
      And the notes were registered as joint tenants
      And request "husband" is received on 2017-06-20
      And a complete request "wife" for $250,000 of note 02006DLF6
      And the position is $500,000
      And the notes stand in account "joint"
      And the notes were registered as joint tenants
      And the owner died on 2017-06-22
      When request "wife" is received on 2017-06-25
      Then it is accepted
      And $250,000 is accepted

  Rule: What stands in an account is reported

    Scenario Outline: $10,000 of $30,000 is accepted, and the position is reported as <reported>
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the position is $30,000
      And request "A" is received on 2017-08-01
      When the position of "owner of A" in note 02006DLF6 is reported as <reported> at 2017-08-08
      Then it is recorded
      And "position reported" is found
      And no request is answered again
      When it is asked on 2017-09-15 what is due to survivors of note 02006DLF6 on 2017-09-15
      Then it is accepted
      And $10,000 of principal is due

      Examples: It agrees, is more, is less, and is just what was accepted
        | reported |
        | $30,000  |
        | $45,000  |
        | $20,000  |
        | $10,000  |

    Scenario Outline: $30,000 is accepted in two requests, and <reported> is reported: the later one is stopped
      Given a complete request "A" for $10,000 of note <note>
      And the position is $30,000
      And request "A" is received on 2017-08-01
      And a complete request "B" for $20,000 of note <note>
      And the position is $30,000
      And it is of the same owner as request "A"
      And request "B" is received on 2017-08-02
      When the position of "owner of A" in note <note> is reported as <reported> at 2017-08-08
      Then it is recorded
      And the requests answered again are "B"
      And request "B" is answered again
      And it is referred
      And "position contradicted" is found
      And a person is asked about the position: <reported> reported or $30,000 accepted
      When it is asked on 2017-09-15 what is due to survivors of note <note> on 2017-09-15
      Then it is accepted
      And request "A" is due $10,000 of it
      And request "B" is due nothing of it
      And "payment stopped" is found

      Examples: A cent less than was accepted, and far less
        | note      | reported   |
        | 02006DLF6 | $29,999.99 |
        | 02006DLG4 | $25,000    |

    Scenario: Less is reported than either request was accepted for: both are stopped
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the position is $30,000
      And request "A" is received on 2017-08-01
      And a complete request "B" for $20,000 of note 02006DLF6
      And the position is $30,000
      And it is of the same owner as request "A"
      And request "B" is received on 2017-08-02
      When the position of "owner of A" in note 02006DLF6 is reported as $9,000 at 2017-08-08
      Then it is recorded
      And the requests answered again are "B", then "A"
      When it is asked on 2017-09-15 what is due to survivors of note 02006DLF6 on 2017-09-15
      Then it is referred
      And "payment stopped" is found
      And nothing is paid

    Scenario: A person rejects the request that was stopped, and what is left may be asked for
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the position is $30,000
      And request "A" is received on 2017-08-01
      And a complete request "B" for $20,000 of note 02006DLF6
      And the position is $30,000
      And it is of the same owner as request "A"
      And request "B" is received on 2017-08-02
      And the position of "owner of A" in note 02006DLF6 is reported as $25,000 at 2017-08-08
      When a person rejects the request on 2017-08-10
      Then it is rejected
      And $20,000 is taken back
      And request "B" stands accepted for $0
      Given a complete request "C" for $15,000 of note 02006DLF6
      And the position is $25,000
      And it is of the same owner as request "A"
      When request "C" is received on 2017-08-11
      Then it is accepted
      And $15,000 is accepted

    Scenario: A person finds that the position holds what the requests said
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the position is $30,000
      And request "A" is received on 2017-08-01
      And a complete request "B" for $20,000 of note 02006DLF6
      And the position is $30,000
      And it is of the same owner as request "A"
      And request "B" is received on 2017-08-02
      And the position of "owner of A" in note 02006DLF6 is reported as $25,000 at 2017-08-08
      And the position of "owner of A" in note 02006DLF6 is reported as $30,000 at 2017-08-09
      When a person lets the request go on, on 2017-08-10
      Then it is accepted
      And "stands as accepted" is found
      And $20,058.33 is paid on 2017-09-15

    Scenario: More was bought, and that is reported
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the position is $30,000
      And request "A" is received on 2017-08-01
      And the position of "owner of A" in note 02006DLF6 is reported as $40,000 at 2017-08-08
      And a complete request "B" for $30,000 of note 02006DLF6
      And the position is $40,000
      And it is of the same owner as request "A"
      When request "B" is received on 2017-08-11
      Then it is accepted
      And $30,000 is accepted
      Given a complete request "C" for $1,000 of note 02006DLF6
      And the position is $40,000
      And it is of the same owner as request "A"
      When request "C" is received on 2017-08-14
      Then it is rejected

    Scenario: More was bought, and nobody has reported that
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the position is $30,000
      And request "A" is received on 2017-08-01
      And a complete request "B" for $20,000 of note 02006DLF6
      And the position is $40,000
      And it is of the same owner as request "A"
      When request "B" is received on 2017-08-11
      Then it is referred
      And a person is asked about the position: $40,000 reported or $30,000 on the ledger
      When a person decides on 2017-08-14 that the position is $40,000
      Then it is accepted
      And $20,000 is accepted

    Scenario: A report of an earlier day than the one known does not replace it
      Given the position of "owner of A" in note 02006DLF6 is reported as $40,000 at 2017-08-08
      And the position of "owner of A" in note 02006DLF6 is reported as $10,000 at 2017-08-07 only on 2017-08-09
      And a complete request "A" for $40,000 of note 02006DLF6
      When request "A" is received on 2017-08-10
      Then it is accepted
      And $40,000 is accepted

    Scenario: A report of the same day replaces it
      Given the position of "owner of A" in note 02006DLF6 is reported as $40,000 at 2017-08-08
      And the position of "owner of A" in note 02006DLF6 is reported as $10,000 at 2017-08-08 only on 2017-08-09
      And a complete request "A" for $40,000 of note 02006DLF6
      When request "A" is received on 2017-08-10
      Then it is referred
      And a person is asked about the position: $40,000 reported or $10,000 on the ledger

    Scenario Outline: Of $30,000, $10,000 was paid on 2017-09-15; <reported> is reported at the end of <as of>
      What was paid after the day of the report is taken off; what was paid on that day is in it already.
      Given a complete request "A" for $10,000 of note 02006DLF6
      And the position is $30,000
      And request "A" is received on 2017-08-01
      And request "A" is repaid $10,000 due on 2017-09-15
      And the position of "owner of A" in note 02006DLF6 is reported as <reported> at <as of> only on 2017-09-18
      And a complete request "B" for <asked> of note 02006DLF6
      And it is of the same owner as request "A"
      When request "B" is received on 2017-09-19
      Then it is <outcome>

      Examples:
        | as of      | reported | asked   | outcome  |
        | 2017-09-14 | $30,000  | $20,000 | accepted |
        | 2017-09-14 | $30,000  | $30,000 | referred |
        | 2017-09-15 | $20,000  | $20,000 | accepted |
        | 2017-09-15 | $30,000  | $30,000 | accepted |

    Scenario: Nothing stands there any more
      Given the position of account "broker-1" in note 02006DLG4 is reported as $0 at 2017-08-08
      And a complete request "A" for $10,000 of note 02006DLG4
      And the notes stand in account "broker-1"
      When request "A" is received on 2017-08-10
      Then it is rejected
      And "nothing is left" is found, because:
        """
        Nothing is left of the position: all of it was repaid, redeemed, drawn by lot or accepted before.
        """

    Scenario: What is reported of one account says nothing of another
      Given the position of account "broker-1" in note 02006DLG4 is reported as $0 at 2017-08-08
      And a complete request "A" for $10,000 of note 02006DLG4
      And the notes stand in account "broker-2"
      When request "A" is received on 2017-08-10
      Then it is accepted

    Scenario: No supplement gives a note with this CUSIP
      When the position of "owner 1" in note 02006DZW4 is reported as $10,000 at 2017-08-08
      Then it is referred
      And "note not known" is found
