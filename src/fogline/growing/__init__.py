"""A ledger that grows: what a new report touches is concluded again, and nothing else."""
