# Listens at all addresses, always at port 5353.
cat >conf <<END
[server]
host-name=udpprobe
domain-name=local
use-ipv4=yes
use-ipv6=no
enable-dbus=no
[wide-area]
enable-wide-area=no
[publish]
publish-hinfo=no
publish-workstation=yes
[reflector]
[rlimits]
END
export PROGRAM
exec unshare -m sh -c 'mount --make-rprivate / && mount -t tmpfs none /run &&
	exec "$PROGRAM" -f "$PWD/conf" --no-drop-root --no-chroot --no-rlimits --no-proc-title'
