"""What is told of one service or one team: the sections that its manager's page is made of."""
