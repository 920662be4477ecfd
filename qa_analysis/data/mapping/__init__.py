"""Mapping: what a council's own files seem to hold, as a draft of sources.yaml for the analyst to confirm."""
