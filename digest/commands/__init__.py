"""One file per command: its arguments, its run, its words to the user."""
