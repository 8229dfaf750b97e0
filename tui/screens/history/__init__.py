"""What was done: of one workout, when it ends, and of all."""
