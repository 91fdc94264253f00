"""What an estate gives itself: its covenant and its civility pledge, in versions that are voted on."""
