"""How far the data can be relied on."""
