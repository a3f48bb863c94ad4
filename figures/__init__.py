"""Answers are drawn: one Drawing, two encoders, plain dicts and dataclasses."""
