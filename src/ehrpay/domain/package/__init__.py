"""What one offer is worth a year."""
