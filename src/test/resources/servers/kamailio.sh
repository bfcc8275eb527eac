cat >conf <<END
#!KAMAILIO
children=1
disable_tcp=yes
listen=udp:$ADDRESS:$PORT
loadmodule "sl.so"
request_route {
	$CONFIGURATION
}
END
exec "$PROGRAM" -DD -E -m 32 -M 4 -Y "$PWD" -f conf
