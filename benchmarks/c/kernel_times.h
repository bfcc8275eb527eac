/* The kernel's own times of datagrams. */
#include <netinet/in.h>
#include <linux/errqueue.h>
#include <linux/net_tstamp.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

#include "clock.h"

/* For SO_TIMESTAMPING. */
static const int stamps = SOF_TIMESTAMPING_TX_SOFTWARE | SOF_TIMESTAMPING_RX_SOFTWARE |
			  SOF_TIMESTAMPING_SOFTWARE | SOF_TIMESTAMPING_OPT_ID |
			  SOF_TIMESTAMPING_OPT_TSONLY;

struct received {
	ssize_t length; /* or -1 */
	uint64_t stamp; /* or 0 */
	struct sock_extended_err cause; /* of what was in the error queue */
};

static struct received receive(int sock, void *bytes, size_t length, int flags)
{
	_Alignas(struct cmsghdr) char control[256];
	struct iovec vector = { bytes, length };
	struct msghdr message = { .msg_iov = &vector, .msg_iovlen = 1,
				  .msg_control = control, .msg_controllen = sizeof control };
	struct received received = { .length = recvmsg(sock, &message, flags) };

	if (received.length < 0)
		return received;
	for (struct cmsghdr *c = CMSG_FIRSTHDR(&message); c != NULL; c = CMSG_NXTHDR(&message, c))
		if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SO_TIMESTAMPING) {
			struct scm_timestamping times;

			memcpy(&times, CMSG_DATA(c), sizeof times);
			received.stamp = nanos_of(times.ts[0]);
		} else if (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_RECVERR) {
			memcpy(&received.cause, CMSG_DATA(c), sizeof received.cause);
		}
	return received;
}
