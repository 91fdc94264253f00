"""The pages of meetings: for everybody, for those who sit at the table, for the room, and for whoever keeps the minutes."""
