"""A synthetic council as files: tidy, mixed or messy, with the faults that were planted."""
