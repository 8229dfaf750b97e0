"""Which progression comes next, and why. Pure, standard library only."""
