"""The door for language models: the same answers, read-only, each with the passages it rests on (Model Context Protocol)."""
