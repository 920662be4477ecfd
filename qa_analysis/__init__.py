"""Quality assurance and impact analysis for children's services."""
