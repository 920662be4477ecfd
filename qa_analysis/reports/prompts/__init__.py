"""The report on the prompts of the audit tool."""
