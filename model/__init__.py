"""Plain words: frozen dataclasses, errors, the registry and the territory. Standard library only."""
