"""A what-if as text."""
