"""Tables of hypotheses of treasury."""
