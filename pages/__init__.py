"""What a visitor opens."""
