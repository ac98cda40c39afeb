"""6 conclude: who held what, when, how sure."""
