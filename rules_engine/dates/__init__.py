"""Pure functions on days: calendars, conventions, months, day counts, schedules, interest, redemptions."""
