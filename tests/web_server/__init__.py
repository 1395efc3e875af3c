"""A small web server for tests: pages that are scripted, and the ways in which pages go wrong."""
