"""What the Safeguarding Unit is responsible for, and what it raised."""
