"""Who the canteen buys from or is given food by: days, minimums, closures, papers."""
