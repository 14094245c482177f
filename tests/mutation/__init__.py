"""Mutants of the room `standing/`: what no test would notice if it were otherwise."""
