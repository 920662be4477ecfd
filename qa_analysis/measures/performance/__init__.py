"""Performance indicators as the council's systems gave them, and the direction of travel of each figure."""
