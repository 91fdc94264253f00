"""Open311 GeoReport v2 over the requests app: another language for the same doors, with no rules of its own."""
