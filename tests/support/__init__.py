"""What the tests stand on: databases, browser, clocks, budgets and the mission's record."""
