"""Practice Week: who took part, beside the headline figures, and leaders' grades beside those of usual auditors."""
