"""From a Routine to a performed workout: phases, cues and the session's state machine. Pure, standard library only."""
