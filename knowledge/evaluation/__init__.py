"""Measures: how well the shelf is searched, and how well the desk knows what it lacks."""
