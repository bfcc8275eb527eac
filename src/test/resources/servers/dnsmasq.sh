cat >conf <<END
port=0
listen-address=$ADDRESS
bind-interfaces
dhcp-alternate-port=$PORT,68
dhcp-range=${ADDRESS%%.*}.0.9.1,${ADDRESS%%.*}.0.9.9,255.0.0.0,1h
dhcp-option=option:router,192.0.2.1
dhcp-authoritative
no-ping
END
exec "$PROGRAM" -d -C conf -u "$(id -un)" -l "$PWD/leases" -x "$PWD/pid"
