"""Going to residents: rounds from home to home, sessions in courtyards; what is heard goes to where it is followed up."""
