"""People reply: threads, their kinds and the only writers."""
