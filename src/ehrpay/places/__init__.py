"""What a person typed as a place: its wage area, state and locality pay area."""
