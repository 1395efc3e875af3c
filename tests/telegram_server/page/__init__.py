"""A web page on which one person plays customers and staff against a real service."""
