"""Messages on their way to the other side: what they hold, and the calls that carry it there."""
