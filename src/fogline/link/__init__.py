"""4 compare: keys, comparators, families."""
