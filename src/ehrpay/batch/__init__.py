"""Rosters: the same rules for ten million rows as for one person, to the cent."""
