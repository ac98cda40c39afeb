"""What an operator sees of a running fogline: log lines and metrics. No stage knows of either."""
