"""What is heard and shown during a workout, and when. Pure, standard library only."""
