"""A ledger of its own for stories that move time."""

from staging import direct, installation, localnet, stage

__all__ = ["direct", "installation", "localnet", "stage"]
