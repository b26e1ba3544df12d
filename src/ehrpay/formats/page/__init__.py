"""Parts of pages and pictures: the style, tables, drawings."""
