"""JSON and XML: records out of trees."""
