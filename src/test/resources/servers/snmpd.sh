cat >conf <<END
[snmp] persistentDir $PWD
agentAddress udp:$ADDRESS:$PORT
$CONFIGURATION
END
exec "$PROGRAM" -f -Lo -C -c conf -p pid
