"""What the product promises, tried; beside the room each promise is of."""
