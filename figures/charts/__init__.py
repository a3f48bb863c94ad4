"""The drawer of charts: one file each, found by `model.registry`."""
