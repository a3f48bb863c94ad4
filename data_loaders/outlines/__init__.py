"""State outlines that come with the project, and how they were made."""
