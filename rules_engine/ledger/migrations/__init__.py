"""How the tables of a ledger on disk came to be what they are, one step a file."""
