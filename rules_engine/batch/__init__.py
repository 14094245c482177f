"""Answers for whole books at once: columns in, columns out, the same to the cent and the day as line by line."""
