"""What a rule keeper sees of rules and of a change to them."""
