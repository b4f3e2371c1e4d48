"""6: how a quote is cited and found again at its source. Plain Python."""
