"""What districts share: districts and their hosts, calendar days, the national catalogue of division codes."""
