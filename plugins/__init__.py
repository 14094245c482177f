"""The issuers' plugins shipped with the engine: one module for each issuer."""
