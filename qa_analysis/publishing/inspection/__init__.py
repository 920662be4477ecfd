"""The inspection pack: what was known of practice on a day, from what was published by then and from nothing else."""
