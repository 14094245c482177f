"""Features as a contract: the steps that speak to the host."""
