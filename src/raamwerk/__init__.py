"""Raamwerk: career guidance frameworks to read, note on and take away."""

__version__ = "0.2.0"
