"""A local Telegram Bot API server for tests."""
