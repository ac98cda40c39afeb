"""What other programs take: each format in one module, made from an ``Account`` alone, the same bytes every time."""
