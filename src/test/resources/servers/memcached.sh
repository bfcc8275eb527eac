exec "$PROGRAM" -l "$ADDRESS" -p 0 -U "$PORT" -u "$(id -un)" -t 1
