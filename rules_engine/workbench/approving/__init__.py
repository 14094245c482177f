"""Who approved which rules: kept beside them, by digest, so that a changed byte of what was approved lapses it."""
