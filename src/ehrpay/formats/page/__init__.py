"""Pages and pictures: the frame, the style, tables, drawings."""
