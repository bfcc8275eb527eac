cat >conf <<END
line vty
 bind $ADDRESS
ctrl
 bind $ADDRESS
ggsn g
 gtp state-dir .
 gtp bind-ip $ADDRESS
 no shutdown ggsn
END
exec "$PROGRAM" -c conf
