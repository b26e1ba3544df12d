"""What is asked of a roster, and what its columns mean."""
