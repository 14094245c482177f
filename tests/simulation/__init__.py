"""A second model of the life of a request, random histories, and the two held against each other.

Nothing in here reads the engine's code: the model is written from `docs/life-of-a-request.md` and the rule files.
"""
