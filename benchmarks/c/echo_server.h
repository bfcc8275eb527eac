/* What the echo servers have in common: what they answer, their command line, and how they stop. */
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

static struct in_addr address;
static int sock;
static volatile sig_atomic_t stopping;
static unsigned long long received;

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

/* Returns the port, which is a free one if that asked for is 0. */
static int open_socket(in_port_t port)
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
	if (port != 0)
		return port;
	/*
	 * On Linux a disconnect gives up a port that the kernel chose, but
	 * keeps one that was asked for: so ask for the chosen one.
	 */
	close(sock);
	return open_socket(ntohs(local.sin_port));
}

/*
 * Up to where the server may receive. The options are those of getopt.
 * Returns whether there was option -c.
 */
static bool start(int argc, char **argv, const char *options)
{
	struct sigaction action = { .sa_handler = stop };
	bool connecting = false;
	int buffer = 0, option, port;

	address.s_addr = htonl(INADDR_LOOPBACK);
	while ((option = getopt(argc, argv, options)) != -1)
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
	port = open_socket(number(argv[optind], 0, 65535));
	if (buffer != 0 && setsockopt(sock, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer) < 0)
		err(EXIT_FAILURE, "receive buffer");
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	printf("listening %d\n", port);
	fflush(stdout);
	return connecting;
}

static bool is_goodbye(const char *payload, size_t length)
{
	return length >= GOODBYE_LENGTH && memcmp(payload, GOODBYE, GOODBYE_LENGTH) == 0;
}

static bool same_address(const struct sockaddr_in *a, const struct sockaddr_in *b)
{
	return a->sin_port == b->sin_port && a->sin_addr.s_addr == b->sin_addr.s_addr;
}
