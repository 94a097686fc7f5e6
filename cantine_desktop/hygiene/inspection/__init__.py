"""The inspection file: one document that gathers a period, and proves itself."""
