"""Promises with a date in what staff write, and the tasks that come of them."""
