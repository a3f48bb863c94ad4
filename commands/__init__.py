"""What an operator types: Flask CLI commands."""
