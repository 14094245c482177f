"""The addresses of the API, one module for each subject; none of them decides anything."""
