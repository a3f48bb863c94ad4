"""What people looked for and did not find, counted without telling who."""
