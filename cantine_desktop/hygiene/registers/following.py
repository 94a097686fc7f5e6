"""What a record at fault becomes: the breach that accompanies it."""

from cantine_desktop.hygiene.breaches import follow, forget

__all__ = ["follow", "forget"]
