"""Pay through the years."""
