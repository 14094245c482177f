"""An append-only memory of decisions, and the standing read from it."""
