"""The command line: parse, call flow or a view, render."""
