"""`python -m qa_analysis` is the command qa-analysis."""

from qa_analysis.cli import main

main(prog_name="qa-analysis")
