"""Job offers as people write them (YAML, JSON, CSV, or words on a command line) to terms, or every problem at once."""
