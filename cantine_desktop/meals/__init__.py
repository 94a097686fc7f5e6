"""Services, menus, diners and the free price."""
