"""Pages of common troubles and led cases."""
