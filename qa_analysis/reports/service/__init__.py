"""The Service Manager's page for the monthly performance meeting of the Senior Management Team."""
