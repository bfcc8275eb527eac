cat >radiusd.conf <<END
pidfile = $PWD/pid
security {
	status_server = yes
}
client all {
	ipaddr = 0.0.0.0/0
	secret = testing123
}
server default {
	listen {
		ipaddr = $ADDRESS
		port = $PORT
		$CONFIGURATION
	}
}
END
exec "$PROGRAM" -f -d "$PWD" -l stdout
