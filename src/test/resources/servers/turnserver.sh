cat >conf <<END
listening-ip=$ADDRESS
listening-port=$PORT
no-tcp
no-tls
no-dtls
no-cli
log-file=stdout
pidfile=$PWD/pid
userdb=$PWD/db
$CONFIGURATION
END
exec "$PROGRAM" -c conf
