"""Plain HTML by Jinja: the shell around a page, and what needs no JavaScript."""
