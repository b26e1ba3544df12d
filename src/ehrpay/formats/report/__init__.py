"""Reports: self-contained pages and pictures."""
