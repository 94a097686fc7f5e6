"""French working-time rules as small pure predicates: no database, no screen."""
