"""The pure core: no files, no terminal, no YAML. Whole cents, basis points, half up."""
