# Listens at all addresses. The value of xfrm_acq_expires, which it writes to the kernel, is the kernel's own.
cat >conf <<END
charon-systemd {
	port = $PORT
	$CONFIGURATION
	load = random nonce sha1 kernel-netlink socket-default
	install_routes = no
	routing_table = 0
	threads = 8
	filelog {
		stderr {
			default = 1
			flush_line = yes
		}
	}
	plugins {
		kernel-netlink {
			xfrm_acq_expires = $(cat /proc/sys/net/core/xfrm_acq_expires)
		}
	}
}
END
STRONGSWAN_CONF=$PWD/conf exec "$PROGRAM"
