"""8 tell: brief, tables, exports."""
