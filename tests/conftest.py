"""What holds for all tests."""

import os

# The library that fetches models reads this once, when it is imported. Without it a test about a
# model that is not there waits for half a minute of attempts to reach a hub.
os.environ["HF_HUB_OFFLINE"] = "1"
