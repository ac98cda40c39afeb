"""Each file takes a ledger from one layout to the next; what has been released is never edited."""
