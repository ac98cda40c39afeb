"""What was fetched, kept as it came: WARC files and a hash-chained manifest over them."""
