"""What prices rows: one after the other, frame by frame, or on many machines."""
