"""The marks that keep the sorts of keys apart in a table of names."""

SOUND = "="
"""Before a name folded by sound."""
STEM = "~"
"""Before the nominative stem of a Cyrillic name."""
DEMONYM = "^"
"""Before a word for the people of a country, or for what is theirs."""
