"""The market method's wages and steps."""
