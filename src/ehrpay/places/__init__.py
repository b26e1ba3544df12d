"""Read a place as people type it: its wage area, state and locality pay area."""
