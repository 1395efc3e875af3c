"""One folder for each room, and one for the Bot API server of the tests."""
