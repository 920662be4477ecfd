"""The practice briefing."""
