"""A difference between two rule sets as text."""
