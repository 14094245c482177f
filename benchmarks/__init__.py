"""How long a decision takes, beside other ways to the same answer: `python -m benchmarks.run`."""
