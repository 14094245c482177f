"""Which rules match: the plain matcher that defines it, durable_rules held against it, and what nearly matched."""
