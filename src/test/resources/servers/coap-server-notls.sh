exec "$PROGRAM" -A "$ADDRESS" -p "$PORT"
