"""The methods of the Bot API, one module per family."""

from tests.telegram_server.methods import (
    callbacks,
    chats,
    commands,
    copying,
    delivery,
    editing,
    kinds,
    media,
    messages,
    polls,
    profile,
    removal,
    topics,
)

FAMILIES = (
    callbacks,
    chats,
    commands,
    copying,
    delivery,
    editing,
    kinds,
    media,
    messages,
    polls,
    profile,
    removal,
    topics,
)
"""Importing a family registers its methods; the tuple keeps the imports from looking unused."""
