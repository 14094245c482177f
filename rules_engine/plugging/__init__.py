"""Plugging in: which plugins there are, what each declares, and how it is kept from reaching anyone else."""

from rules_engine.plugging.configured import configured_plugins
from rules_engine.plugging.entry_points import GROUP, HOST, Found, Rank, found_plugins
from rules_engine.plugging.isolating import Patience, PluginFault
from rules_engine.plugging.loading import load_plugins
from rules_engine.plugging.statuses import Plugins, PluginStatus

__all__ = [
    "GROUP",
    "HOST",
    "Found",
    "Patience",
    "PluginFault",
    "PluginStatus",
    "Plugins",
    "Rank",
    "configured_plugins",
    "found_plugins",
    "load_plugins",
]
