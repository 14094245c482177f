"""A rules engine for retail notes: survivor's options, calls and payment days, decided and proved."""
