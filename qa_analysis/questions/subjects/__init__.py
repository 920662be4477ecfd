"""What more may be asked about: each subject has its figures, its sentence and its caveat in one module."""
