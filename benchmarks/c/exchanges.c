/*
 * Exchanges with an echo server, each on a fresh connected socket: what a C
 * program can say of a round trip. Prints one line for each:
 *
 *   c SEQUENCE LOCAL_PORT NANOSECONDS CLOCK USER_NANOSECONDS
 *
 * CLOCK is "kernel" if the kernel stamped both datagrams, or else "user", as
 * are the last nanoseconds: from before the send to after the receive. It is
 * "none" if no reply came.
 */
#define _GNU_SOURCE /* for struct scm_timestamping */
#include <arpa/inet.h>
#include <endian.h>
#include <err.h>
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "arguments.h"
#include "kernel_times.h"

#define CLIENT (1ull << 56) /* marks the sequence as this program's */
#define GREETING_LENGTH 4

struct told { uint16_t port; const char *clock; uint64_t nanos, user_nanos; };

static struct sockaddr_in server = { .sin_family = AF_INET };
static long count, warm_up, per_second, threads;
static uint64_t start;
static struct told *told; /* by sequence */

static _Noreturn void usage(void)
{
	fputs("usage: exchanges IPv4_ADDRESS PORT COUNT WARM_UP PER_SECOND THREADS\n", stderr);
	exit(2);
}

static int open_socket(void)
{
	struct timeval timeout = { .tv_sec = 1 };
	int sock = socket(AF_INET, SOCK_DGRAM, 0);

	if (sock < 0 || setsockopt(sock, SOL_SOCKET, SO_TIMESTAMPING, &stamps, sizeof stamps) < 0 ||
	    setsockopt(sock, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout) < 0)
		err(EXIT_FAILURE, "socket");
	return sock;
}

static struct told exchange(uint64_t sequence)
{
	uint64_t payload[8] = { 0 }, before, after;
	char reply[128];
	struct received received;
	struct sockaddr_in local;
	socklen_t length = sizeof local;
	struct told result = { .clock = "none" };
	int sock = open_socket();

	memcpy(payload, "udpprobe", sizeof *payload);
	payload[1] = htobe64(CLIENT | sequence);
	if (connect(sock, (struct sockaddr *)&server, sizeof server) < 0 ||
	    getsockname(sock, (struct sockaddr *)&local, &length) < 0)
		err(EXIT_FAILURE, "connect");
	before = clock_ns(CLOCK_MONOTONIC);
	if (send(sock, payload, sizeof payload, 0) < 0)
		err(EXIT_FAILURE, "send");
	received = receive(sock, reply, sizeof reply, 0);
	after = clock_ns(CLOCK_MONOTONIC);
	result.port = ntohs(local.sin_port);
	if (received.length == GREETING_LENGTH + sizeof payload) {
		uint64_t arrived = received.stamp, sent = receive(sock, NULL, 0, MSG_ERRQUEUE | MSG_DONTWAIT).stamp;

		result.user_nanos = after - before;
		result.clock = sent != 0 && arrived != 0 ? "kernel" : "user";
		result.nanos = *result.clock == 'k' ? arrived - sent : result.user_nanos;
	}
	close(sock);
	return result;
}

/*
 * The threads take turns. The other client sends on the beat, this one half
 * way between two, so that the two do not meet as long as both are in time.
 */
static void *call(void *argument)
{
	uint64_t beat = SECOND / per_second;
	uint64_t due = start + (intptr_t)argument * beat + beat / 2, now;

	for (long i = (intptr_t)argument; i < warm_up + count; i += threads) {
		struct timespec time = { due / SECOND, due % SECOND };

		clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &time, NULL);
		struct told result = exchange(i);
		if (i >= warm_up)
			told[i - warm_up] = result;
		now = clock_ns(CLOCK_REALTIME);
		due = (due + threads * beat > now) ? due + threads * beat : now;
	}
	return NULL;
}

int main(int argc, char **argv)
{
	if (argc != 7 || inet_pton(AF_INET, argv[1], &server.sin_addr) != 1)
		usage();
	server.sin_port = htons(number(argv[2], 1, 65535));
	count = number(argv[3], 1, 10000000);
	warm_up = number(argv[4], 0, 10000000);
	per_second = number(argv[5], 1, 1000000);
	threads = number(argv[6], 1, 1000);
	told = calloc(count, sizeof *told);
	pthread_t *ids = calloc(threads, sizeof *ids);
	if (told == NULL || ids == NULL)
		err(EXIT_FAILURE, "calloc");

	/* The kernel stamps arrivals only while a socket asks for it. */
	open_socket();
	start = (clock_ns(CLOCK_REALTIME) / SECOND + 1) * SECOND;
	for (long i = 0; i < threads; i++)
		if ((errno = pthread_create(&ids[i], NULL, call, (void *)(intptr_t)i)) != 0)
			err(EXIT_FAILURE, "pthread_create");
	for (long i = 0; i < threads; i++)
		pthread_join(ids[i], NULL);
	for (long i = 0; i < count; i++)
		printf("c %ld %u %ju %s %ju\n", warm_up + i, told[i].port, (uintmax_t)told[i].nanos,
		       told[i].clock, (uintmax_t)told[i].user_nanos);
	return EXIT_SUCCESS;
}
