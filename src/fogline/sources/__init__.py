"""1 bring in: from folders and files to articles."""
