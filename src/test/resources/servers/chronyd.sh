cat >conf <<END
allow
bindaddress $ADDRESS
port $PORT
cmdport 0
bindcmdaddress /
pidfile $PWD/pid
$CONFIGURATION
END
exec "$PROGRAM" -x -d -U -f "$PWD/conf"
