"""The rule book itself, as data: YAML and nothing else, found as `rules_engine_rules` once installed."""
