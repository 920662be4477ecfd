"""What the monthly performance meeting is told beside its figures, in every report that tells it: one module each."""
