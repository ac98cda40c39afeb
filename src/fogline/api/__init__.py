"""The HTTP door: the same answers as the command line, as JSON."""
