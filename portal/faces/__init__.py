"""The faces of a View: the same address with a suffix. One file each."""
