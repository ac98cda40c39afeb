"""Concluding in bulk: what was said is taken from the ledger once, in turn, and worked out shard by shard on any engine."""
