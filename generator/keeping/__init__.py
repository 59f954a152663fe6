"""Does it last? Checks of the built site and of its fixity."""
