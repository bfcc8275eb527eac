# It takes its port from /etc/services, and keeps a lock in /run.
printf 'sunrpc %s/udp portmapper rpcbind\nsunrpc %s/tcp portmapper rpcbind\n' "$PORT" "$PORT" >services
printf 'udp tpi_clts v inet udp - -\nlocal tpi_cots_ord - loopback - - -\n' >netconfig
export PROGRAM
exec unshare -m sh -c 'mount --make-rprivate / && mount -t tmpfs none /run && mount --bind services /etc/services &&
	mount --bind netconfig /etc/netconfig && exec "$PROGRAM" -f'
