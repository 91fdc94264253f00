"""Reporting where one lives, posts to claim, and lists of offers and needs that meet: volunteering and co-building."""
