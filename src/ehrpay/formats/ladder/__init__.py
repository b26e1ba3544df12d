"""A career ladder as text."""
