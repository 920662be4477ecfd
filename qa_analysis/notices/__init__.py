"""Who audits what is selected, and who is told when: lists, messages and calendar files for named people alone."""
