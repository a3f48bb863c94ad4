"""The long-lived things, and the one door to data."""
