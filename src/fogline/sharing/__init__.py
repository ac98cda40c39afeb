"""All of a large ledger: what was said is taken from it once, in turn, and worked out or checked shard by shard on any engine."""
