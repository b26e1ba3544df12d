"""One rule, fact or source, found and shown."""
