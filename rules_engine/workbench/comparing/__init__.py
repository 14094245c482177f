"""What an edit of the rules changes: by meaning, and on a history that is decided again in order."""
