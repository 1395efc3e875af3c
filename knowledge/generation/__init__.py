"""Answers worded by a language model: asked for sentence by sentence, and checked before shown."""
