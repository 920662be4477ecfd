"""What a service did in a financial quarter: three cycles added up, for the review of its Service Plan."""
