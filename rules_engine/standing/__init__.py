"""What a programme's past says: positions, requests, repayments, limits, notices; and everything that moves it."""
