"""The pages of conventions: what holds and what is drafted, for everybody, and the work on it at the desk."""
