"""A comparison of offers as text."""
