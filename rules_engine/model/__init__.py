"""The nouns, frozen: money, notes, events, standing, decisions."""
