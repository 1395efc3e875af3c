"""One suite for each port; every implementation inherits it."""
