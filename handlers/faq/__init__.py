"""The FAQ table of the desk's own: what staff approved, in files that people can read and edit."""
