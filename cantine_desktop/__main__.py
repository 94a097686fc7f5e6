"""The headless door: ``python -m cantine_desktop``."""

from cantine_desktop.cli import main

raise SystemExit(main())
