"""What would pay more."""
