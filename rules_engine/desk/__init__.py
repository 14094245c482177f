"""The desk: what waits, what is paid, what is left of limits, what must happen by when, and letters.

Each module works out one list as typed results; `presenting` writes any of them for a program, a spreadsheet or a
person. The command line, the service and its console show the same lists.
"""
