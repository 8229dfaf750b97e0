"""From a routine to a performed workout: the planner, the session and its clock. Pure, standard library only."""
