"""Projections (投影): events in, rows of lists and statistics out."""
