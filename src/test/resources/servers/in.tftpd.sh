# The files of its directory are those that it has.
exec "$PROGRAM" -L -u "$(id -un)" -a "$ADDRESS:$PORT" -s "$PWD"
