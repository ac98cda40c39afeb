"""From addresses to responses: checked, polite and kept within limits."""
