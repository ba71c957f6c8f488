"""Raamwerk on more than one machine, as docs/more-than-one-machine.md says, all on loopback."""
