"""What people decide about readings and grades, and which readings they should look at first."""
