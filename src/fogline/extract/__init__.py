"""3 hear: attribution, kind, place, when, amount, firmness."""
