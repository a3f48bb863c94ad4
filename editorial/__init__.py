"""Editors tell: curated tools."""
