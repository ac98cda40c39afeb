"""Conflicts as data."""
