"""From YAML on disk to rule sets, notes and calendars in memory, every fault named at its place."""
