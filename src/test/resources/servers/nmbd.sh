cat >conf <<END
[global]
netbios name = UDPPROBE
workgroup = PROBE
interfaces = $ADDRESS/24
bind interfaces only = yes
pid directory = $PWD
lock directory = $PWD
state directory = $PWD
cache directory = $PWD
private dir = $PWD
local master = no
nmbd:socket dir = $PWD/sock
END
: >lmhosts
exec "$PROGRAM" -F --no-process-group -s conf -H lmhosts -p "$PORT" -l "$PWD"
