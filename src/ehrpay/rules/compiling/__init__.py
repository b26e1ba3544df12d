"""Rule files compiled to the form the domain reads."""
