"""PostgreSQL with a schema for each district, as Django's settings name it."""
