"""Auditors' answers to the prompts of the audit tool, and whether their findings say the same."""
