"""A stand-in for a service that embeds texts by the OpenAI protocol, on 127.0.0.1."""
