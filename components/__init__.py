"""What is drawn on a page, with its ids and callbacks."""
