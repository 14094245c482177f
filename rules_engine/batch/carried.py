"""How a row was answered: in columns, or line by line where the columns could not carry it."""

from __future__ import annotations

COLUMNS, LINE_BY_LINE = range(2)
WAYS = ("columns", "line by line")
"""What the column `carried` says of a row. Both ways give the same answers; one is quicker."""
