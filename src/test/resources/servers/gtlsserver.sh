openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost -keyout key -out certificate
exec "$PROGRAM" -q -d "$PWD" "$ADDRESS" "$PORT" key certificate
