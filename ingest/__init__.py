"""Files in, passages on the shelf: the room that reads documents and keeps the shelf like them."""
