"""Raamwerk: career guidance frameworks to read, note on and take away."""

__version__ = "0.1.0"
