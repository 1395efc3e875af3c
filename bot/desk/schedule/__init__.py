"""Working time: when the centre is open, who looks after what, and by when."""
