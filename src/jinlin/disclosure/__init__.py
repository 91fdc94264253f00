"""What is made public, for how long and in which version; never personal data."""
