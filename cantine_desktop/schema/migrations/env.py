"""What Alembic runs for each command: our connection, our options."""

from alembic import context

from cantine_desktop.schema import Base
from cantine_desktop.schema.migrate import options

context.configure(target_metadata=Base.metadata, **options(context.config.attributes["connection"]))
with context.begin_transaction():
    context.run_migrations()
