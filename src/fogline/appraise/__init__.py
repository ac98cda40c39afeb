"""5 weigh: reliability, independence, grades."""
