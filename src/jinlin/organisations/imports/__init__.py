"""Spreadsheets of bodies and of sheets, read row by row with findings."""
