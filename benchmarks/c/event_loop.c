/*
 * Exchanges with an echo server by one thread with epoll: what an engine does,
 * in C, as a yardstick for the CPU that its exchanges take. A window of them is
 * in flight or, with -r, so many begin in a second, evenly, while there is room
 * in the window; with payloads of 64 bytes. Each has a fresh connected socket on the
 * port that was used longest ago or, with -k, shares so many kept ones. The
 * kernel stamps the datagrams and reports ICMP errors, but not with -b (bare).
 * Prints one line of key=value pairs on what it saw after the warm-up.
 */
#define _GNU_SOURCE /* for struct scm_timestamping */
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "arguments.h"
#include "histogram.h"
#include "kernel_times.h"
#include "local_ports.h"

#define GREETING_LENGTH 4
#define TIMEOUT SECOND /* after which an exchange is lost */
#define SWEEP (SECOND / 10) /* how often silent exchanges are looked for */
#define MAX_WINDOW 4096
#define MAX_KEPT 256
#define COUNTED (2 * MAX_WINDOW) /* a power of two */
#define EVENTS 256 /* per system call, at the most */

struct question { uint64_t sequence; uint32_t slot; char filler[52]; };

struct sock { int fd; uint32_t sent, in_flight, unstamped; };

/* In flight if its sequence is not 0. Its count is the kernel's of what the socket sent. */
struct exchange { uint64_t sequence, began, left; uint32_t count; };

static struct sockaddr_in server = { .sin_family = AF_INET };
static long window = 128, kept, rate, seconds = 3, warm_up = 1, sockets;
static bool bare;
static int poller;
static struct sock socks[MAX_WINDOW];
static struct exchange exchanges[MAX_WINDOW];
static uint16_t slots[MAX_KEPT][COUNTED]; /* of exchanges, by socket and count */
static uint16_t unused[MAX_WINDOW]; /* slots */
static long unused_count;
static uint64_t next_sequence = 1, replied, lost;

static _Noreturn void usage(void)
{
	fputs("usage: event_loop [-k kept sockets, 1..256] [-b] [-w window, 1..4096] [-r exchanges a second, 1..1000000]"
	      " [-d seconds, 1..600] [-u warm-up seconds, 0..60] IPv4_ADDRESS PORT\n", stderr);
	exit(2);
}

static int open_socket(void)
{
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (fd < 0 || (!bare && (setsockopt(fd, IPPROTO_IP, IP_RECVERR, &(int){ 1 }, sizeof(int)) < 0 ||
				 setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPING, &stamps, sizeof stamps) < 0)))
		err(2, "socket");
	bind_next(fd);
	if (connect(fd, (struct sockaddr *)&server, sizeof server) < 0)
		err(2, "connect");
	return fd;
}

static void watch(struct sock *s)
{
	struct epoll_event event = { .events = EPOLLIN, .data.ptr = s };

	if (epoll_ctl(poller, EPOLL_CTL_ADD, s->fd, &event) < 0)
		err(2, "epoll_ctl");
}

static void set_up(void)
{
	sockets = kept > 0 ? kept : window;
	poller = epoll_create1(EPOLL_CLOEXEC);
	if (poller < 0)
		err(2, "epoll_create1");
	read_ports();
	for (long i = 0; i < kept; i++) {
		socks[i].fd = open_socket();
		/* As large as is allowed: it also holds the times of what was sent. */
		setsockopt(socks[i].fd, SOL_SOCKET, SO_RCVBUF, &(int){ 4 << 20 }, sizeof(int));
		watch(&socks[i]);
	}
	for (long slot = window; slot-- > 0;)
		unused[unused_count++] = slot;
	/* The kernel stamps arrivals only while a socket asks for it. */
	open_socket();
}

static void begin(uint64_t now)
{
	uint16_t slot = unused[--unused_count];
	struct exchange *e = &exchanges[slot];
	struct sock *s = &socks[slot % sockets];
	struct question question = { .sequence = next_sequence++, .slot = slot };

	if (kept == 0)
		*s = (struct sock){ .fd = open_socket() };
	*e = (struct exchange){ .sequence = question.sequence, .began = now, .count = s->sent++ };
	if (kept > 0)
		slots[slot % sockets][e->count % COUNTED] = slot;
	s->in_flight++;
	s->unstamped++;
	if (send(s->fd, &question, sizeof question, 0) < 0)
		err(2, "send");
	if (kept == 0)
		watch(s);
}

static void end(uint16_t slot)
{
	struct sock *s = &socks[slot % sockets];

	s->in_flight--;
	if (kept == 0) {
		epoll_ctl(poller, EPOLL_CTL_DEL, s->fd, NULL); /* as a selector does, though close would do */
		close(s->fd);
	}
	exchanges[slot].sequence = 0;
	unused[unused_count++] = slot;
}

/* Returns whether there was one. */
static bool take_time(struct sock *s)
{
	struct received time = receive(s->fd, NULL, 0, MSG_ERRQUEUE);

	if (time.length < 0)
		return false;
	if (time.cause.ee_origin != SO_EE_ORIGIN_TIMESTAMPING)
		errx(2, "%s", strerror(time.cause.ee_errno));
	s->unstamped--;
	struct exchange *e = &exchanges[kept > 0 ? slots[s - socks][time.cause.ee_data % COUNTED] : s - socks];
	if (e->count == time.cause.ee_data)
		e->left = time.stamp;
	return true;
}

/* Returns whether there was one. */
static bool take_reply(struct sock *s)
{
	char reply[GREETING_LENGTH + sizeof(struct question) + 1]; /* one more, to see a longer one */
	struct question question;
	struct received received = receive(s->fd, reply, sizeof reply, 0);

	if (received.length < 0 && errno == EAGAIN)
		return false;
	if (received.length < 0)
		err(2, "recvmsg");
	memcpy(&question, reply + GREETING_LENGTH, sizeof question);
	/* Another one is late: its exchange was already lost. */
	if (received.length == GREETING_LENGTH + sizeof question && question.slot < window &&
	    exchanges[question.slot].sequence == question.sequence) {
		uint64_t left = exchanges[question.slot].left;

		if (left != 0 && received.stamp != 0)
			record(received.stamp - left);
		replied++;
		end(question.slot);
	}
	return true;
}

static void take(struct sock *s, uint32_t events)
{
	/* The time of what was sent is queued before the reply can be. */
	if (!bare && events & EPOLLERR)
		while (take_time(s) && s->unstamped > 0)
			;
	if (bare || events & EPOLLIN)
		while (s->in_flight > 0 && take_reply(s))
			;
}

static void give_up(uint64_t now)
{
	for (long slot = 0; slot < window; slot++)
		if (exchanges[slot].sequence != 0 && now - exchanges[slot].began >= TIMEOUT) {
			lost++;
			end(slot);
		}
}

/* Returns the time. */
static uint64_t run(uint64_t until)
{
	struct epoll_event events[EVENTS];
	uint64_t now = clock_ns(CLOCK_MONOTONIC), swept = now, next = now;

	while (now < until) {
		for (; unused_count > 0 && (rate == 0 || next <= now); next += rate == 0 ? 0 : SECOND / rate)
			begin(now);
		int count = epoll_wait(poller, events, EVENTS, rate == 0 ? SWEEP / 1000000 : 1);
		now = clock_ns(CLOCK_MONOTONIC);
		for (int i = 0; i < count; i++)
			take(events[i].data.ptr, events[i].events);
		if (now - swept >= SWEEP) {
			give_up(now);
			swept = now;
		}
	}
	return now;
}

int main(int argc, char **argv)
{
	int option;

	while ((option = getopt(argc, argv, "k:br:w:d:u:")) != -1)
		switch (option) {
		case 'k': kept = number(optarg, 1, MAX_KEPT); break;
		case 'b': bare = true; break;
		case 'r': rate = number(optarg, 1, 1000000); break;
		case 'w': window = number(optarg, 1, MAX_WINDOW); break;
		case 'd': seconds = number(optarg, 1, 600); break;
		case 'u': warm_up = number(optarg, 0, 60); break;
		default: usage();
		}
	if (optind != argc - 2 || inet_pton(AF_INET, argv[optind], &server.sin_addr) != 1)
		usage();
	server.sin_port = htons(number(argv[optind + 1], 1, 65535));
	set_up();

	uint64_t start = run(clock_ns(CLOCK_MONOTONIC) + warm_up * SECOND);
	memset(&round_trips, 0, sizeof round_trips);
	replied = lost = 0;
	uint64_t cpu = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
	uint64_t wall = run(start + seconds * SECOND) - start;
	cpu = clock_ns(CLOCK_PROCESS_CPUTIME_ID) - cpu;

	if (replied == 0)
		errx(EXIT_FAILURE, "no reply came, %ju exchanges were lost", (uintmax_t)lost);
	printf("sockets=%s detail=%s window=%ld exchanges=%ju lost=%ju cpu_us=%.2f cores=%.3f wall_us=%.2f stamped_percent=%.2f",
	       kept > 0 ? "kept" : "fresh", bare ? "no" : "yes", window, (uintmax_t)replied, (uintmax_t)lost,
	       cpu / 1e3 / replied, (double)cpu / wall, wall / 1e3 / replied, 100.0 * round_trips.count / replied);
	if (round_trips.count > 0)
		printf(" p50_us=%.2f", percentile_us(50));
	putchar('\n');
	return EXIT_SUCCESS;
}
