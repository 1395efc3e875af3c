"""What one side of a thread wrote, in the language of the other: by a model, and checked."""
