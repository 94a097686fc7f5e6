"""The way from each schema to the next one; see ``cantine_desktop.schema.revise``."""
