"""What the menus to come ask for, net of what is there, and which delivery should bring it."""
