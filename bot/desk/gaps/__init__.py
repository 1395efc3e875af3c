"""The gap loop: what nobody could answer becomes an answer, and those who asked are told."""
