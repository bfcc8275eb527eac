/*
 * A program that answers whatever comes with random bytes, which an echo server
 * answers in turn; with -t it takes its time before each answer. It sends one
 * datagram to begin with. Ends after the seconds or the datagrams, and prints
 * one line of key=value pairs: how many came, how long after the first the last
 * one came, and whether the exchange had ended, which is that nothing came for
 * the last second.
 *
 *   responder [-s BYTES] [-t MICROSECONDS] [-d SECONDS] [-c COUNT] LOCAL_ADDRESS LOCAL_PORT ADDRESS PORT
 */
#include <arpa/inet.h>
#include <err.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

#include "arguments.h"
#include "clock.h"

#define MAX_PAYLOAD 1400

static _Noreturn void usage(void)
{
	fputs("usage: responder [-s bytes, 1..1400] [-t microseconds, 0..999999] [-d seconds, 2..600] [-c datagrams]"
	      " LOCAL_ADDRESS LOCAL_PORT ADDRESS PORT\n", stderr);
	exit(2);
}

static struct sockaddr_in endpoint(const char *address, const char *port)
{
	struct sockaddr_in endpoint = { .sin_family = AF_INET, .sin_port = htons(number(port, 0, 65535)) };

	if (inet_pton(AF_INET, address, &endpoint.sin_addr) != 1)
		usage();
	return endpoint;
}

int main(int argc, char **argv)
{
	struct timeval patience = { .tv_usec = 100000 };
	long size = 20, think_us = 0, seconds = 10, limit = 10000000;
	char payload[MAX_PAYLOAD], ignored[1];
	int option;

	while ((option = getopt(argc, argv, "s:t:d:c:")) != -1)
		switch (option) {
		case 's': size = number(optarg, 1, MAX_PAYLOAD); break;
		case 't': think_us = number(optarg, 0, 999999); break;
		case 'd': seconds = number(optarg, 2, 600); break;
		case 'c': limit = number(optarg, 1, 1000000000); break;
		default: usage();
		}
	if (optind != argc - 4)
		usage();
	struct sockaddr_in local = endpoint(argv[optind], argv[optind + 1]);
	struct sockaddr_in server = endpoint(argv[optind + 2], argv[optind + 3]);
	int sock = socket(AF_INET, SOCK_DGRAM, 0);

	if (sock < 0 || setsockopt(sock, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) < 0 ||
	    bind(sock, (struct sockaddr *)&local, sizeof local) < 0 ||
	    connect(sock, (struct sockaddr *)&server, sizeof server) < 0)
		err(2, "socket");

	uint64_t start = clock_ns(CLOCK_MONOTONIC), last = start, now = start;
	long received = 0, answers = 1;

	while (now - start < seconds * SECOND && received < limit) {
		for (; answers > 0; answers--) {
			if (think_us > 0)
				nanosleep(&(struct timespec){ .tv_nsec = think_us * 1000 }, NULL);
			if (getrandom(payload, size, 0) != size || send(sock, payload, size, 0) < 0)
				warn("send");
		}
		ssize_t length = recv(sock, ignored, sizeof ignored, 0);

		now = clock_ns(CLOCK_MONOTONIC);
		if (length >= 0) {
			received++;
			answers++;
			last = now;
		}
	}
	printf("received=%ld exchanged=%ld seconds=%.3f ended=%s\n", received, 2 * received + 1, (last - start) / 1e9,
	       now - last >= SECOND ? "yes" : "no");
	return EXIT_SUCCESS;
}
