cat >conf <<END
{"Dhcp4": {
	"interfaces-config": {
		"interfaces": ["$(ip -o -4 address | awk -v a="$ADDRESS/" 'index($4, a) == 1 { print $2 }')/$ADDRESS"],
		"dhcp-socket-type": "udp"},
	"lease-database": {"type": "memfile", "persist": false},
	"subnet4": [{
		"subnet": "${ADDRESS%%.*}.0.0.0/8",
		"option-data": [{"name": "routers", "data": "192.0.2.1"}, {"name": "domain-name-servers", "data": "192.0.2.53, 192.0.2.54"}],
		"pools": [{"pool": "${ADDRESS%%.*}.0.9.1-${ADDRESS%%.*}.0.9.9"}]}],
	"loggers": [{"name": "kea-dhcp4", "output_options": [{"output": "stdout"}], "severity": "INFO"}]}}
END
KEA_PIDFILE_DIR=$PWD KEA_LOCKFILE_DIR=$PWD exec "$PROGRAM" -c conf -p "$PORT"
