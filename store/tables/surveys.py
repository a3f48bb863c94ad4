"""Surveys and their answers."""
