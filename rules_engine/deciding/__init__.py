"""From an event to its decision, writing nothing: case, facts, matching, concluding, receipt."""
