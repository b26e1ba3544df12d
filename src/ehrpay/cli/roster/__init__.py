"""Runs over rosters at a command line: which files, what a person is shown, how a run ends."""
