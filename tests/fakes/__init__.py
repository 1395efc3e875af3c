"""Doubles for the ports, with the behaviour that the ports promise."""
