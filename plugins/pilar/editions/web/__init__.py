"""What makes a site of an edition light, findable and whole without a network."""
