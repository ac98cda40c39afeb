"""7 look ahead: stated explanations, scenarios and indicators."""
