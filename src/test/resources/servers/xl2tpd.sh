cat >conf <<END
[global]
listen-addr = $ADDRESS
port = $PORT
auth file = $PWD/secrets
[lns default]
ip range = 192.0.2.2-192.0.2.9
local ip = 192.0.2.1
require authentication = no
END
: >secrets
exec "$PROGRAM" -D -c conf -p pid -C control -s secrets
