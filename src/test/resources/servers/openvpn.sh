openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost -keyout key -out certificate
"$PROGRAM" --genkey secret static
cat >conf <<END
local $ADDRESS
port $PORT
proto udp
dev-type tun
dev probe$PORT
mode server
tls-server
ifconfig-noexec
ca certificate
cert certificate
key key
dh none
$CONFIGURATION
END
exec "$PROGRAM" --config conf
