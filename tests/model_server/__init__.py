"""A local server that speaks the OpenAI protocol, as a good model does and as bad ones do."""
