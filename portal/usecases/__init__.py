"""Work across siblings: what no single room can do alone."""
