/*
 * A bounded flood of UDP datagrams, one after another as fast as is allowed
 * whether they are answered or not. Prints one line of key=value pairs.
 *
 *   flood [-a PREFIX] [-p PORTS] [-s BYTES] [-x] [-g GROUP] [-r PER_SECOND] [-d SECONDS] [-c COUNT] [-e] ADDRESS PORT
 *
 * With -a each datagram has a random source address out of the prefix, such as
 * 10.99.0.0/16 or fd99::/48. That takes no privilege but that the prefix is
 * local, by "ip route add local PREFIX dev lo", and so the replies come back
 * here and are counted. With -p they leave from as many ports in turn. With -x
 * their contents are random. With -g the kernel is handed as many as one large
 * one to cut up (UDP_SEGMENT), which is cheaper for this side and the same to a
 * receiver, but they share a source. With -e a normal echo is asked for right after the
 * flood, again and again until it comes. SIGTERM ends the flood early.
 */
#define _GNU_SOURCE /* for recvmmsg, sendmmsg and struct in6_pktinfo */
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <linux/sock_diag.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "arguments.h"
#include "clock.h"

#ifndef IPV6_FREEBIND
#define IPV6_FREEBIND 78 /* linux/in6.h, which does not go with netinet/in.h */
#endif
#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103 /* linux/udp.h */
#endif

#define BATCH 64 /* datagrams per system call, at the most */
#define MAX_SOCKETS 512
#define MAX_GROUP 64
#define MAX_PAYLOAD 65507
#define MILLISECOND 1000000ull
#define QUIET (300 * MILLISECOND) /* after which no more replies are waited for */
#define PATIENCE (5 * SECOND) /* at the most, for those and for the echo */
#define ASK_AGAIN (10 * MILLISECOND)

union control {
	char bytes[CMSG_SPACE(sizeof(struct in6_pktinfo)) + CMSG_SPACE(sizeof(uint16_t))];
	struct cmsghdr align;
};

static struct sockaddr_storage server;
static socklen_t server_length;
static uint8_t network[16], hosts[16]; /* the prefix, and which of its bits are free */
static bool spoofing, random_contents, asking;
static long size = 64, per_second, seconds = 3, count, sockets = 1, group = 1;

static int socks[MAX_SOCKETS + 1]; /* and the one that asks */
static struct mmsghdr out[BATCH], in[BATCH];
static struct iovec out_vector[BATCH], in_vector;
static union control control[BATCH];
static char payloads[BATCH][MAX_PAYLOAD + sizeof(uint64_t)];
static uint64_t sent, unsent, replies;
static volatile sig_atomic_t stopping;

static _Noreturn void usage(void)
{
	fputs("usage: flood [-a source prefix] [-p source ports, 1..512] [-s payload bytes, 0..65507] [-x]"
	      " [-g group, 1..64, 65507 bytes at the most in all] [-r datagrams per second] [-d seconds, 1..600] [-c datagrams] [-e] ADDRESS PORT\n", stderr);
	exit(2);
}

static void stop(int signal __attribute__((unused)))
{
	stopping = 1;
}

static void sleep_until(uint64_t ns)
{
	struct timespec time = { ns / SECOND, ns % SECOND };

	clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL);
}

/* SplitMix64. */
static uint64_t random_bits(void)
{
	static uint64_t state;
	uint64_t z;

	if (state == 0)
		state = clock_ns(CLOCK_MONOTONIC);
	z = state += 0x9e3779b97f4a7c15;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

static void parse_server(const char *address, in_port_t port)
{
	struct sockaddr_in *v4 = (struct sockaddr_in *)&server;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&server;

	if (inet_pton(AF_INET, address, &v4->sin_addr) == 1) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons(port);
		server_length = sizeof *v4;
	} else if (inet_pton(AF_INET6, address, &v6->sin6_addr) == 1) {
		v6->sin6_family = AF_INET6;
		v6->sin6_port = htons(port);
		server_length = sizeof *v6;
	} else {
		usage();
	}
}

static void parse_prefix(char *prefix)
{
	char *slash = strchr(prefix, '/');
	int bits = server.ss_family == AF_INET ? 32 : 128, fixed = bits;

	if (slash != NULL) {
		*slash = '\0';
		fixed = number(slash + 1, 0, bits);
	}
	if (inet_pton(server.ss_family, prefix, network) != 1)
		usage();
	for (int i = fixed; i < bits; i++) {
		hosts[i / 8] |= 0x80 >> i % 8;
		network[i / 8] &= ~(0x80 >> i % 8);
	}
}

static void draw_source(union control *control)
{
	uint64_t bits[2] = { random_bits(), random_bits() };
	uint8_t address[16];

	memcpy(address, bits, sizeof address);
	for (size_t i = 0; i < sizeof address; i++)
		address[i] = (address[i] & hosts[i]) | network[i];
	if (server.ss_family == AF_INET)
		memcpy(&((struct in_pktinfo *)CMSG_DATA(&control->align))->ipi_spec_dst, address, 4);
	else
		memcpy(&((struct in6_pktinfo *)CMSG_DATA(&control->align))->ipi6_addr, address, 16);
}

static void draw_contents(char *payload)
{
	for (long i = 0; i < size * group; i += sizeof(uint64_t)) {
		uint64_t bits = random_bits();

		memcpy(payload + i, &bits, sizeof bits);
	}
}

static int open_socket(void)
{
	int sock = socket(server.ss_family, SOCK_DGRAM, 0);

	/* As large as is allowed: what is lost here cannot be told from what never came. */
	setsockopt(sock, SOL_SOCKET, SO_RCVBUF, &(int){ 4 << 20 }, sizeof(int));
	/* Without it IPv6 takes only addresses of an interface for a source, not those of a route. */
	if (sock < 0 || (spoofing && server.ss_family == AF_INET6 &&
			 setsockopt(sock, IPPROTO_IPV6, IPV6_FREEBIND, &(int){ 1 }, sizeof(int)) < 0))
		err(2, "socket");
	return sock;
}

static void add_control(int i, int level, int type, const void *data, size_t length)
{
	struct msghdr *message = &out[i].msg_hdr;
	struct cmsghdr *added = (struct cmsghdr *)(control[i].bytes + message->msg_controllen);

	*added = (struct cmsghdr){ .cmsg_level = level, .cmsg_type = type, .cmsg_len = CMSG_LEN(length) };
	if (data != NULL)
		memcpy(CMSG_DATA(added), data, length);
	message->msg_control = control[i].bytes;
	message->msg_controllen += CMSG_SPACE(length);
}

static void set_up(void)
{
	bool v4 = server.ss_family == AF_INET;
	size_t length = v4 ? sizeof(struct in_pktinfo) : sizeof(struct in6_pktinfo);
	uint16_t segment = size;
	static char ignored;

	in_vector = (struct iovec){ &ignored, sizeof ignored };
	memset(payloads, '.', sizeof payloads);
	for (int i = 0; i < BATCH; i++) {
		out_vector[i] = (struct iovec){ payloads[i], size * group };
		out[i].msg_hdr = (struct msghdr){ .msg_iov = &out_vector[i], .msg_iovlen = 1,
						  .msg_name = &server, .msg_namelen = server_length };
		in[i].msg_hdr = (struct msghdr){ .msg_iov = &in_vector, .msg_iovlen = 1 };
		/* The source first: there it is drawn into. */
		if (spoofing)
			add_control(i, v4 ? IPPROTO_IP : IPPROTO_IPV6, v4 ? IP_PKTINFO : IPV6_PKTINFO, NULL, length);
		if (group > 1)
			add_control(i, IPPROTO_UDP, UDP_SEGMENT, &segment, sizeof segment);
	}
	for (int i = 0; i < sockets; i++)
		socks[i] = open_socket();
}

static void take_replies(int sock)
{
	int n;

	while ((n = recvmmsg(sock, in, BATCH, MSG_DONTWAIT, NULL)) > 0)
		replies += n;
}

static void send_batch(int sock, int length)
{
	for (int i = 0; i < length; i++) {
		if (spoofing)
			draw_source(&control[i]);
		if (random_contents)
			draw_contents(payloads[i]);
	}
	for (int n, done = 0; done < length; done += n) {
		n = sendmmsg(sock, out + done, length - done, 0);
		if (n > 0) {
			sent += n * group;
		} else if (errno == EINTR) {
			n = 0;
		} else if (errno == EAGAIN || errno == ENOBUFS) {
			unsent += group;
			n = 1;
		} else {
			err(2, spoofing ? "sendmmsg (is the prefix local?)" : "sendmmsg");
		}
	}
}

/* Returns the nanoseconds that it took. */
static uint64_t flood(void)
{
	uint64_t start = clock_ns(CLOCK_MONOTONIC), end = start + seconds * SECOND, now = start;
	/* At a given rate about a thousand system calls a second, if a batch holds what is due. */
	long batch = per_second == 0 ? BATCH : per_second / 1000 / group;
	uint64_t groups = 0, limit = count == 0 ? UINT64_MAX : (uint64_t)(count + group - 1) / group;

	if (batch > BATCH)
		batch = BATCH;
	if (batch == 0)
		batch = 1;
	for (int i = 0; !stopping && now < end && groups < limit; i = (i + 1) % sockets) {
		if (per_second != 0) {
			uint64_t due = start + groups * group * SECOND / per_second;

			if (due >= end)
				break;
			if (due > now)
				sleep_until(due);
		}
		if (limit - groups < (uint64_t)batch)
			batch = limit - groups;
		send_batch(socks[i], batch);
		groups += batch;
		take_replies(socks[i]);
		now = clock_ns(CLOCK_MONOTONIC);
	}
	return now - start;
}

/* Those that are under way when the flood ends. */
static void await_replies(void)
{
	uint64_t last = clock_ns(CLOCK_MONOTONIC), until = last + PATIENCE, now;

	do {
		uint64_t before = replies;

		for (int i = 0; i < sockets; i++)
			take_replies(socks[i]);
		now = clock_ns(CLOCK_MONOTONIC);
		if (replies != before)
			last = now;
		sleep_until(now + MILLISECOND);
	} while (now - last < QUIET && now < until);
}

/* What came while the buffer was full. */
static uint64_t lost_replies(void)
{
	uint64_t lost = 0;

	for (int i = 0; i < sockets; i++) {
		uint32_t info[SK_MEMINFO_VARS] = { 0 };

		getsockopt(socks[i], SOL_SOCKET, SO_MEMINFO, info, &(socklen_t){ sizeof info });
		lost += info[SK_MEMINFO_DROPS];
	}
	return lost;
}

/*
 * Asks from a socket of its own, and prints how long after the flood it was
 * answered. What else that socket gets then counts as one of the flood's.
 */
static void ask(void)
{
	struct { uint64_t number, sent; } question = { 0 }, answered;
	uint64_t start = clock_ns(CLOCK_MONOTONIC), now = start, again = start;
	int sock = socks[sockets++] = open_socket();
	char reply[64];

	if (connect(sock, (struct sockaddr *)&server, server_length) < 0)
		err(2, "connect");
	while (now < start + PATIENCE) {
		if (now >= again) {
			question.number++;
			question.sent = now;
			again = now + ASK_AGAIN;
			send(sock, &question, sizeof question, 0);
		}
		struct timespec left = { .tv_nsec = again - now };
		bool readable = ppoll(&(struct pollfd){ .fd = sock, .events = POLLIN }, 1, &left, NULL) > 0;
		ssize_t n = readable ? recv(sock, reply, sizeof reply, 0) : -1;

		now = clock_ns(CLOCK_MONOTONIC);
		if (n < (ssize_t)sizeof answered)
			continue;
		memcpy(&answered, reply + n - sizeof answered, sizeof answered);
		printf(" echo_after_us=%.0f asked=%ju answered=%ju round_trip_us=%.1f", (now - start) / 1e3,
		       (uintmax_t)question.number, (uintmax_t)answered.number, (now - answered.sent) / 1e3);
		return;
	}
	printf(" echo_after_us=never asked=%ju", (uintmax_t)question.number);
}

int main(int argc, char **argv)
{
	struct sigaction action = { .sa_handler = stop };
	char *prefix = NULL;
	int option;

	while ((option = getopt(argc, argv, "a:p:s:xg:r:d:c:e")) != -1)
		switch (option) {
		case 'a': prefix = optarg; break;
		case 'p': sockets = number(optarg, 1, MAX_SOCKETS); break;
		case 's': size = number(optarg, 0, MAX_PAYLOAD); break;
		case 'x': random_contents = true; break;
		case 'g': group = number(optarg, 1, MAX_GROUP); break;
		case 'r': per_second = number(optarg, 1, 10000000); break;
		case 'd': seconds = number(optarg, 1, 600); break;
		case 'c': count = number(optarg, 1, 1000000000); break;
		case 'e': asking = true; break;
		default: usage();
		}
	if (optind != argc - 2 || size * group > MAX_PAYLOAD || (group > 1 && size == 0))
		usage();
	parse_server(argv[optind], number(argv[optind + 1], 1, 65535));
	if (prefix != NULL) {
		spoofing = true;
		parse_prefix(prefix);
	}
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	set_up();

	uint64_t took = flood();
	printf("sent=%ju per_second=%.0f unsent=%ju", (uintmax_t)sent, sent * 1e9 / took, (uintmax_t)unsent);
	if (asking)
		ask();
	await_replies();
	/* Ends the session of the one that asked, so that the server is left as it was found. */
	if (asking)
		send(socks[sockets - 1], "goodbye", strlen("goodbye"), 0);
	printf(" replies=%ju replies_lost=%ju\n", (uintmax_t)replies, (uintmax_t)lost_replies());
	return sent > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
