"""What a shell is given: a script that completes commands, and the words it offers."""
