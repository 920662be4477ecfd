"""The pack for the learning session."""
