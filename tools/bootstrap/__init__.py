"""Builds the environment of a checkout and runs its tests; standard library only."""
