"""Offers ranked against each other."""
