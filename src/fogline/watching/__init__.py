"""Watch: rounds of fetching, reading and telling what is new."""
