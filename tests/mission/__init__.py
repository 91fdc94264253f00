"""One check for each mechanism of the mission, marked with its id and going through a door that a user has."""
