"""Demo places: profiles, generators and their accounts."""
