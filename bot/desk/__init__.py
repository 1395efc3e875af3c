"""The pure domain of the desk. It imports no database, no chat and no model."""
