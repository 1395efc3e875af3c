"""The desk, its storage and its transport on a clock and a chance that a seed decides."""
