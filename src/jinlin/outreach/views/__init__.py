"""The pages of rounds: what is coming and how to say no, what a team writes down, and the rounds at the desk."""
