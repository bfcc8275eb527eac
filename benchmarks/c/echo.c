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
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "arguments.h"

#define GREETING "Hi, "
#define GREETING_LENGTH (sizeof GREETING - 1)
#define GOODBYE "goodbye"
#define GOODBYE_LENGTH (sizeof GOODBYE - 1)
#define MAX_DATAGRAM 65507 /* 65535 less the IPv4 and UDP headers */
#define MAX_PAYLOAD ((ssize_t)(MAX_DATAGRAM - GREETING_LENGTH))

/* The kernel charges a queued datagram more than this, however short it is. */
#define MIN_CHARGE 512

/* A payload is received right behind the greeting, so a reply needs no copy. */
static char reply[GREETING_LENGTH + MAX_DATAGRAM] = GREETING;
static char *const payload = reply + GREETING_LENGTH;

static struct in_addr address;
static int sock;
static bool connected;
static volatile sig_atomic_t stopping;
static unsigned long long received;

static _Noreturn void usage(void)
{
	fputs("usage: echo [-a IPv4 ADDRESS] [-b RECEIVE BUFFER] [-c] PORT\n", stderr);
	exit(2);
}

/*
 * A signal may come just before a receive blocks, and would then go unseen.
 * The shutdown makes that receive return at once, at no cost to the others.
 */
static void stop(int signal __attribute__((unused)))
{
	int saved = errno;

	stopping = 1;
	shutdown(sock, SHUT_RD);
	errno = saved;
}

static void disconnect(void)
{
	struct sockaddr nobody = { .sa_family = AF_UNSPEC };

	if (connect(sock, &nobody, sizeof nobody) < 0)
		err(EXIT_FAILURE, "disconnect");
	connected = false;
}

/* Returns the port, which is a free one if that asked for is 0. */
static int open_socket(in_port_t port, bool connecting)
{
	struct sockaddr_in local = {
		.sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr = address,
	};
	socklen_t length = sizeof local;

	sock = socket(AF_INET, SOCK_DGRAM, 0);
	if (sock < 0)
		err(EXIT_FAILURE, "socket");
	if (bind(sock, (struct sockaddr *)&local, sizeof local) < 0 ||
	    getsockname(sock, (struct sockaddr *)&local, &length) < 0)
		err(EXIT_FAILURE, "bind");
	if (port == 0 && connecting) {
		/*
		 * On Linux a disconnect gives up a port that the kernel chose,
		 * but keeps one that was asked for: so ask for the chosen one.
		 */
		disconnect();
		if (bind(sock, (struct sockaddr *)&local, sizeof local) < 0)
			err(EXIT_FAILURE, "bind");
	}
	return ntohs(local.sin_port);
}

static bool is_goodbye(size_t length)
{
	return length >= GOODBYE_LENGTH && memcmp(payload, GOODBYE, GOODBYE_LENGTH) == 0;
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
		if (n <= MAX_PAYLOAD && !is_goodbye(n))
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

static bool same_address(const struct sockaddr_in *a, const struct sockaddr_in *b)
{
	return a->sin_port == b->sin_port && a->sin_addr.s_addr == b->sin_addr.s_addr;
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
		if (is_goodbye(n)) {
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
	struct sigaction action = { .sa_handler = stop };
	bool connecting = false;
	int buffer = 0, option;
	long port;

	address.s_addr = htonl(INADDR_LOOPBACK);
	while ((option = getopt(argc, argv, "a:b:c")) != -1)
		switch (option) {
		case 'a':
			if (inet_pton(AF_INET, optarg, &address) != 1)
				usage();
			break;
		case 'b': buffer = number(optarg, 1, 1 << 30); break;
		case 'c': connecting = true; break;
		default: usage();
		}
	if (optind != argc - 1)
		usage();
	port = open_socket(number(argv[optind], 0, 65535), connecting);
	if (buffer != 0 && setsockopt(sock, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer) < 0)
		err(EXIT_FAILURE, "receive buffer");
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	printf("listening %ld\n", port);
	fflush(stdout);
	if (connecting)
		serve_connected();
	else
		serve_all();
	printf("received %llu datagrams\n", received);
	return EXIT_SUCCESS;
}
