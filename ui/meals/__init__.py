"""Services, menus and guests."""
