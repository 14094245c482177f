"""The issuers this package comes with, one module each; installed as `rules_engine_plugins`."""
