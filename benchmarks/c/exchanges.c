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
#include <linux/errqueue.h>
#include <linux/net_tstamp.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define SECOND 1000000000ull
#define CLIENT (1ull << 56) /* marks the sequence as this program's */
#define GREETING_LENGTH 4

struct told { uint16_t port; const char *clock; uint64_t nanos, user_nanos; };

static const int stamps = SOF_TIMESTAMPING_TX_SOFTWARE | SOF_TIMESTAMPING_RX_SOFTWARE |
			  SOF_TIMESTAMPING_SOFTWARE | SOF_TIMESTAMPING_OPT_ID |
			  SOF_TIMESTAMPING_OPT_TSONLY;

static struct sockaddr_in server = { .sin_family = AF_INET };
static long count, warm_up, per_second, threads;
static uint64_t start;
static struct told *told; /* by sequence */

static _Noreturn void usage(void)
{
	fputs("usage: exchanges IPv4_ADDRESS PORT COUNT WARM_UP PER_SECOND THREADS\n", stderr);
	exit(2);
}

static long number(const char *text, long min, long max)
{
	char *end;
	long value = strtol(text, &end, 10);

	if (end == text || *end != '\0' || value < min || value > max)
		usage();
	return value;
}

static uint64_t nanos_of(struct timespec time)
{
	return time.tv_sec * SECOND + time.tv_nsec;
}

static uint64_t clock_ns(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return nanos_of(now);
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

/* Returns the length, or -1, and the kernel's time of the datagram, or 0. */
static ssize_t receive(int sock, void *bytes, size_t length, int flags, uint64_t *stamp)
{
	_Alignas(struct cmsghdr) char control[256];
	struct iovec vector = { bytes, length };
	struct msghdr message = { .msg_iov = &vector, .msg_iovlen = 1,
				  .msg_control = control, .msg_controllen = sizeof control };
	ssize_t n = recvmsg(sock, &message, flags);

	*stamp = 0;
	if (n < 0)
		return n;
	for (struct cmsghdr *c = CMSG_FIRSTHDR(&message); c != NULL; c = CMSG_NXTHDR(&message, c))
		if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SO_TIMESTAMPING) {
			struct scm_timestamping times;

			memcpy(&times, CMSG_DATA(c), sizeof times);
			*stamp = nanos_of(times.ts[0]);
		}
	return n;
}

static struct told exchange(uint64_t sequence)
{
	uint64_t payload[8] = { 0 }, before, after, sent, arrived;
	char reply[128];
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
	ssize_t n = receive(sock, reply, sizeof reply, 0, &arrived);
	after = clock_ns(CLOCK_MONOTONIC);
	result.port = ntohs(local.sin_port);
	if (n == GREETING_LENGTH + sizeof payload) {
		receive(sock, NULL, 0, MSG_ERRQUEUE | MSG_DONTWAIT, &sent);
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
