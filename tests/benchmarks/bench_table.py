"""Opening a table of a million rows and looking at its end, beside QStandardItemModel."""
