"""Frozen values that the whole house speaks of. Nothing here imports from outside this folder."""
