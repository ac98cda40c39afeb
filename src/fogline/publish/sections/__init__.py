"""The sections of a brief, each a pure function of the evidence and the running list of citations."""
