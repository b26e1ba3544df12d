"""What a rule keeper reads: rules, sources, problems, cases."""
