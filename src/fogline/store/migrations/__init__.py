"""The ledger's layouts, one step each (Alembic)."""
