"""Opening a table of a million rows and looking at its end, beside QStandardItemModel."""

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView
