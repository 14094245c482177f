"""For operations: what a rule book covers, and what an edit would change."""
