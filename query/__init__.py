"""Questions are answered: addresses, operators, SQL and words of a View."""
