"""YAML read strictly: data with a mark for every value, or problems with file, line and column; never an error."""
