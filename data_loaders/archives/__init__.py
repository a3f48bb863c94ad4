"""ZIP and GZ: unpacked with our own checks."""
