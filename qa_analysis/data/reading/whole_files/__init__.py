"""Whether all that a file holds reached the reader, counted a second time by other means."""
