# Its standard input must stay open, or else it answers once.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost -keyout key -out certificate
exec "$PROGRAM" s_server -dtls -listen -quiet -no-CAfile -no-CApath -no-CAstore -accept "$ADDRESS:$PORT" -cert certificate -key key
