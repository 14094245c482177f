"""One module for each kind of clause: its events, its facts, what it pays and when."""

from rules_engine.clauses.partial_redemption import PARTIAL_REDEMPTION
from rules_engine.clauses.payment_days import PAYMENT_DAYS
from rules_engine.clauses.redemption import REDEMPTION
from rules_engine.clauses.rescission import RESCISSION
from rules_engine.clauses.survivors_option import SURVIVORS_OPTION
from rules_engine.clauses.withdrawal import WITHDRAWAL

CLAUSES = (SURVIVORS_OPTION, REDEMPTION, PARTIAL_REDEMPTION, RESCISSION, PAYMENT_DAYS, WITHDRAWAL)
"""Every kind of clause the host knows."""

__all__ = [
    "CLAUSES",
    "PARTIAL_REDEMPTION",
    "PAYMENT_DAYS",
    "REDEMPTION",
    "RESCISSION",
    "SURVIVORS_OPTION",
    "WITHDRAWAL",
]
