"""What the rules say of a roster, as tables: each distinct pair of inputs is asked once."""
