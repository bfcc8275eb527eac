cat >conf <<END
server:
	interface: $ADDRESS
	port: $PORT
	do-tcp: no
	access-control: 0.0.0.0/0 allow
	do-daemonize: no
	username: ""
	chroot: ""
	directory: "$PWD"
	pidfile: ""
	use-syslog: no
$CONFIGURATION
remote-control:
	control-enable: no
END
exec "$PROGRAM" -d -c conf
