"""Services, menus, guests and the free price."""
