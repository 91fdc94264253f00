"""The pages of the wish wall: for residents, for those who check, and for support pairs."""
