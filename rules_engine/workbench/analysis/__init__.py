"""What rules leave open, overlap in or never use, and policy questions: answered for all cases, not for some."""
