"""Many files: each gives an Outcome, and a bad one never stops the rest."""
