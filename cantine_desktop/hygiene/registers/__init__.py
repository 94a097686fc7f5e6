"""Registers: how any sheet of records is described, written, corrected, signed and printed."""
