/*
 * Load generator for the echo servers: a connected UDP socket that keeps a
 * window of datagrams in flight or, with -r, sends one at each beat, whatever
 * has come back by then. With -t it waits before it fills the window again. The
 * server is on the loopback unless -a says where. Prints one line of key=value
 * pairs on what it saw after the warm-up. A reply is late if its datagram was
 * already taken for lost, and wrong if it is no echo, or a second one.
 */
#define _GNU_SOURCE /* for recvmmsg and sendmmsg */
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <poll.h>
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
#include "histogram.h"

#define GREETING "Hi, "
#define GREETING_LENGTH (sizeof GREETING - 1)
#define FLYING (1 << 16) /* what is overtaken by as many is lost */
#define BATCH 64 /* datagrams per system call, at the most */
#define SILENCE (SECOND / 10) /* after which all in flight is lost */

struct stamp { uint64_t sequence, sent; };

static int sock;
static struct in_addr address;
static long size = 64, window = 128, think_us, per_second, seconds = 3, warm_up = 1;
static struct mmsghdr out[BATCH], in[BATCH];
static struct iovec out_vector[BATCH], in_vector[BATCH];
static char payloads[BATCH << 16], replies[BATCH << 16];

/* By sequence, modulo its length: when a datagram in flight was sent, or 0. */
static uint64_t flying[FLYING];
static uint64_t next_sequence, oldest_sequence, last_echo;
static long in_flight;

static struct { uint64_t lost, late, wrong; } seen;

static _Noreturn void usage(void)
{
	fputs("usage: load PORT [-a IPv4 address] [-s payload bytes, 16..65503]"
	      " [-w window, 1..4096, -t microseconds between, 0..999999 | -r datagrams per second, 1..100000]"
	      " [-d seconds, 1..3600] [-u warm-up seconds, 0..60]\n", stderr);
	exit(2);
}

static void set_up(in_port_t port)
{
	struct sockaddr_in server = { .sin_family = AF_INET, .sin_port = htons(port),
				      .sin_addr = address };
	struct timeval timeout = { .tv_usec = SILENCE / 1000 };
	size_t reply_size = GREETING_LENGTH + size + 1; /* one more, to see a longer one */

	memset(payloads, '.', BATCH * size);
	for (int i = 0; i < BATCH; i++) {
		out_vector[i] = (struct iovec){ payloads + i * size, size };
		in_vector[i] = (struct iovec){ replies + i * reply_size, reply_size };
		out[i].msg_hdr = (struct msghdr){ .msg_iov = &out_vector[i], .msg_iovlen = 1 };
		in[i].msg_hdr = (struct msghdr){ .msg_iov = &in_vector[i], .msg_iovlen = 1 };
	}

	sock = socket(AF_INET, SOCK_DGRAM, 0);
	/* As large as is allowed: nothing should get lost on this side. */
	setsockopt(sock, SOL_SOCKET, SO_RCVBUF, &(int){ 4 << 20 }, sizeof(int));
	if (setsockopt(sock, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout) < 0 ||
	    connect(sock, (struct sockaddr *)&server, sizeof server) < 0)
		err(2, "socket");
}

/* Sends as many as a batch holds, at the most. */
static void send_some(int count)
{
	struct stamp stamp = { .sent = clock_ns(CLOCK_MONOTONIC) };

	if (in_flight == 0)
		last_echo = stamp.sent; /* that there was nothing to echo was no silence */
	for (int i = 0; i < count; i++) {
		stamp.sequence = next_sequence++;
		uint64_t *slot = &flying[stamp.sequence % FLYING];
		if (*slot != 0) {
			oldest_sequence = stamp.sequence - FLYING + 1;
			seen.lost++;
		} else {
			in_flight++;
		}
		*slot = stamp.sent;
		memcpy(out_vector[i].iov_base, &stamp, sizeof stamp);
	}
	for (int sent, done = 0; done < count; done += sent > 0 ? sent : 0) {
		sent = sendmmsg(sock, out + done, count - done, 0);
		if (sent < 0 && errno != ECONNREFUSED) /* that is of an earlier one */
			err(2, "sendmmsg");
	}
}

static void fill_window(void)
{
	if (think_us > 0 && in_flight < window)
		nanosleep(&(struct timespec){ .tv_nsec = think_us * 1000 }, NULL);
	while (in_flight < window)
		send_some(window - in_flight < BATCH ? window - in_flight : BATCH);
}

static void take(const char *reply, size_t length, uint64_t now)
{
	const char *payload = reply + GREETING_LENGTH;
	struct stamp stamp;

	memcpy(&stamp, payload, sizeof stamp);
	uint64_t *slot = &flying[stamp.sequence % FLYING];
	if (length != GREETING_LENGTH + size || memcmp(reply, GREETING, GREETING_LENGTH) != 0 ||
	    memcmp(payload + sizeof stamp, payloads + sizeof stamp, size - sizeof stamp) != 0 ||
	    (stamp.sequence >= oldest_sequence && (*slot == 0 || *slot != stamp.sent))) {
		seen.wrong++;
	} else if (stamp.sequence < oldest_sequence) {
		seen.late++;
	} else {
		*slot = 0;
		in_flight--;
		last_echo = now;
		record(now - stamp.sent);
	}
}

/* Returns the time. */
static uint64_t receive(int flags)
{
	int count = recvmmsg(sock, in, BATCH, flags, NULL);
	uint64_t now = clock_ns(CLOCK_MONOTONIC);

	if (count < 0 && errno != EAGAIN && errno != ECONNREFUSED)
		err(2, "recvmmsg");
	for (int i = 0; i < count; i++)
		take(in_vector[i].iov_base, in[i].msg_len, now);
	if (now - last_echo >= SILENCE) {
		memset(flying, 0, sizeof flying);
		oldest_sequence = next_sequence;
		seen.lost += in_flight;
		in_flight = 0;
		last_echo = now;
	}
	return now;
}

/* Runs at least once; without refill, until none is in flight. Returns the time. */
static uint64_t run(uint64_t until, bool refill)
{
	uint64_t now;

	do {
		if (refill)
			fill_window();
		now = receive(MSG_WAITFORONE);
	} while (now < until && (refill || in_flight > 0));
	return now;
}

/* Sends at each beat, and receives between them. Returns the time. */
static uint64_t run_to_beat(uint64_t until)
{
	uint64_t start = clock_ns(CLOCK_MONOTONIC), now = start;

	for (uint64_t i = 0; now < until; i++) {
		uint64_t due = start + i * SECOND / per_second;

		while (in_flight > 0 && now < due) {
			struct timespec left = { (due - now) / SECOND, (due - now) % SECOND };

			ppoll(&(struct pollfd){ .fd = sock, .events = POLLIN }, 1, &left, NULL);
			now = receive(MSG_DONTWAIT);
		}
		clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME,
				&(struct timespec){ due / SECOND, due % SECOND }, NULL);
		send_some(1);
		now = clock_ns(CLOCK_MONOTONIC);
	}
	return now;
}

static uint64_t measure(uint64_t until)
{
	return per_second > 0 ? run_to_beat(until) : run(until, true);
}

int main(int argc, char **argv)
{
	int option;

	address.s_addr = htonl(INADDR_LOOPBACK);
	while ((option = getopt(argc, argv, "a:s:w:t:r:d:u:")) != -1)
		switch (option) {
		case 'a':
			if (inet_pton(AF_INET, optarg, &address) != 1)
				usage();
			break;
		case 's': size = number(optarg, sizeof(struct stamp), 65507 - GREETING_LENGTH); break;
		case 'w': window = number(optarg, 1, 4096); break;
		case 't': think_us = number(optarg, 0, 999999); break;
		case 'r': per_second = number(optarg, 1, 100000); break;
		case 'd': seconds = number(optarg, 1, 3600); break;
		case 'u': warm_up = number(optarg, 0, 60); break;
		default: usage();
		}
	if (optind != argc - 1)
		usage();
	set_up(number(argv[optind], 1, 65535));

	last_echo = clock_ns(CLOCK_MONOTONIC);
	uint64_t start = measure(last_echo + warm_up * SECOND);
	memset(&seen, 0, sizeof seen);
	memset(&round_trips, 0, sizeof round_trips);
	uint64_t end = measure(start + seconds * SECOND), echoes = round_trips.count;
	/* What is still in flight is lost only if it does not come now. */
	run(end + SECOND, false);
	/* Lets a server that is connected to this socket take the next one. */
	send(sock, "goodbye", strlen("goodbye"), 0);

	printf("payload=%ld window=%ld echoes=%ju echoes_per_second=%.0f p50_us=%.2f p90_us=%.2f"
	       " p99_us=%.2f p99.9_us=%.2f max_us=%.2f lost=%ju late=%ju wrong=%ju\n",
	       size, per_second > 0 ? 0 : window, (uintmax_t)round_trips.count, echoes * 1e9 / (end - start), percentile_us(50), percentile_us(90),
	       percentile_us(99), percentile_us(99.9), round_trips.slowest / 1e3, (uintmax_t)seen.lost,
	       (uintmax_t)seen.late, (uintmax_t)seen.wrong);
	return echoes > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
