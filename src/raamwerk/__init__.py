"""Raamwerk: career guidance frameworks to read, note on and take away."""
