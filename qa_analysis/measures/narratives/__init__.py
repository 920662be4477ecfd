"""What managers say of their month: who sent it in, which parts are there, what its claims of change rest on."""
