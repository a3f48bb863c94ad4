"""What programs open."""
