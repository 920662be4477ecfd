"""`python -m qa_analysis` is the command qa-analysis."""

from qa_analysis.cli import command

command()
