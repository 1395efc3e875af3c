"""What the command can do: one module per form, imported when it is called."""
