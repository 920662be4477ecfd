"""What may not leave its audience: identifiers, names, small counts."""
