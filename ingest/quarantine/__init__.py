"""What is held back of documents, until a person accepts, corrects or throws it away."""
