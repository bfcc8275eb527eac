/*
 * UDP echo server: the plain C reference.
 *
 *   echo [-a IPv4 ADDRESS] [-b RECEIVE BUFFER] [-c] PORT
 *
 * It listens on the loopback, or on the address of -a. Each datagram is
 * answered by "Hi, " and its payload; one that starts with "goodbye" gets no
 * answer. With -c the socket is connected to one peer at a time, until that
 * peer says goodbye or is gone. The buffer, in bytes, is the kernel's default
 * without -b.
 */
#include "echo_server.h"

/* The kernel charges a queued datagram more than this, however short it is. */
#define MIN_CHARGE 512

/* A payload is received right behind the greeting, so a reply needs no copy. */
static char reply[GREETING_LENGTH + MAX_DATAGRAM] = GREETING;
static char *const payload = reply + GREETING_LENGTH;

static bool connected;

static _Noreturn void usage(void)
{
	fputs("usage: echo [-a IPv4 ADDRESS] [-b RECEIVE BUFFER] [-c] PORT\n", stderr);
	exit(2);
}

static void disconnect(void)
{
	struct sockaddr nobody = { .sa_family = AF_UNSPEC };

	if (connect(sock, &nobody, sizeof nobody) < 0)
		err(EXIT_FAILURE, "disconnect");
	connected = false;
}

static void serve_all(void)
{
	while (!stopping) {
		struct sockaddr_in peer;
		socklen_t peer_length = sizeof peer;
		ssize_t n = recvfrom(sock, payload, MAX_DATAGRAM, 0,
				     (struct sockaddr *)&peer, &peer_length);

		if (n < 0) {
			if (errno != EINTR)
				err(EXIT_FAILURE, "recvfrom");
			continue;
		}
		if (n == 0 && stopping)
			break; /* not a datagram, but the shutdown */
		received++;
		/* A reply that cannot be sent is a lost datagram, no more. */
		if (n <= MAX_PAYLOAD && !is_goodbye(payload, n))
			sendto(sock, reply, GREETING_LENGTH + n, 0,
			       (struct sockaddr *)&peer, peer_length);
	}
}

/* How many datagrams the receive queue can hold at the most. */
static int queue_limit(void)
{
	int bytes = 0;

	getsockopt(sock, SOL_SOCKET, SO_RCVBUF, &bytes, &(socklen_t){ sizeof bytes });
	return bytes / MIN_CHARGE + 1;
}

static void serve_connected(void)
{
	struct sockaddr_in peer;
	/*
	 * A connect leaves in the queue what others have sent before it, and
	 * a plain recv would take that for the peer's. So the sender is looked
	 * at for as many datagrams as may have been queued by then.
	 */
	int unsure = 0;

	while (!stopping) {
		struct sockaddr_in from;
		socklen_t from_length = sizeof from;
		ssize_t n;

		if (connected && unsure == 0)
			n = recv(sock, payload, MAX_DATAGRAM, 0);
		else
			n = recvfrom(sock, payload, MAX_DATAGRAM, 0,
				     (struct sockaddr *)&from, &from_length);

		if (n < 0) {
			if (errno == ECONNREFUSED)
				disconnect();
			else if (errno != EINTR)
				err(EXIT_FAILURE, "recv");
			continue;
		}
		if (n == 0 && stopping)
			break; /* not a datagram, but the shutdown */
		received++;
		if (connected && unsure > 0) {
			unsure--;
			if (!same_address(&from, &peer))
				continue;
		}
		if (is_goodbye(payload, n)) {
			disconnect();
			continue;
		}
		if (!connected) {
			peer = from;
			if (connect(sock, (struct sockaddr *)&peer, sizeof peer) < 0)
				continue;
			connected = true;
			unsure = queue_limit();
		}
		if (n <= MAX_PAYLOAD && send(sock, reply, GREETING_LENGTH + n, 0) < 0 &&
		    errno == ECONNREFUSED)
			disconnect();
	}
}

int main(int argc, char **argv)
{
	if (start(argc, argv, "a:b:c"))
		serve_connected();
	else
		serve_all();
	printf("received %llu datagrams\n", received);
	return EXIT_SUCCESS;
}
