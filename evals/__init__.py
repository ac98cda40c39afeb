"""The quality gate: what fogline hears and concludes, measured against gold, with floors that only go up."""
