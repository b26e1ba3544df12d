"""Rule files to a rulebook: YAML with marks, a strict schema, checks, the compiled form, its cache."""
