/*
 * A slow wire: takes IPv4 packets from either of two TUN devices and writes them to
 * the other one after a delay. On the way forth, from the first to the second, it can
 * do more. It makes the devices, one in each network namespace, prints "ready" and runs
 * until SIGTERM; then it prints what it has done, and the devices end with it. It takes
 * CAP_NET_ADMIN.
 *
 *   delay [-d MICROS] [-j MICROS] [-2 N] [-h N] [-H MICROS] NAMESPACE DEVICE NAMESPACE DEVICE
 *
 *   -d  how long each packet is under way, in each direction
 *   -j  up to how much longer, at random; packets keep their order
 *   -2  every Nth packet forth arrives twice
 *   -h  every Nth packet forth is held back
 *   -H  for so long, and others overtake it
 */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "arguments.h"
#include "clock.h"

#define LONGEST 1500
/* Packets under way. */
#define ROOM 16384

struct packet {
	uint64_t due;
	int to;
	ssize_t length;
	char bytes[LONGEST];
};

static struct packet packets[ROOM];
/* Those under way, the next one that is due first. */
static struct packet *queue[ROOM], *unused[ROOM];
static int queued, spare;
static uint64_t delay, jitter, hold;
static long twice, held;
static uint64_t forth_count, twice_count, held_count;
static volatile sig_atomic_t ending;

static _Noreturn void usage(void)
{
	fputs("usage: delay [-d MICROS] [-j MICROS] [-2 N] [-h N] [-H MICROS] NAMESPACE DEVICE NAMESPACE DEVICE\n", stderr);
	exit(2);
}

static void end(int signal)
{
	(void)signal;
	ending = 1;
}

static int device(const char *namespace, const char *name)
{
	struct ifreq request = { .ifr_flags = IFF_TUN | IFF_NO_PI };
	char path[256];
	int in, tun;

	snprintf(path, sizeof path, "/var/run/netns/%s", namespace);
	strncpy(request.ifr_name, name, sizeof request.ifr_name - 1);
	in = open(path, O_RDONLY);
	if (in < 0 || setns(in, CLONE_NEWNET) < 0)
		err(2, "%s", path);
	close(in);
	tun = open("/dev/net/tun", O_RDWR | O_NONBLOCK);
	if (tun < 0 || ioctl(tun, TUNSETIFF, &request) < 0)
		err(2, "/dev/net/tun");
	return tun;
}

/* Puts a packet behind all that are due before it or at its time. */
static void put(struct packet *packet)
{
	int at = queued++;

	for (; at > 0 && queue[at - 1]->due > packet->due; at--)
		queue[at] = queue[at - 1];
	queue[at] = packet;
}

/* Whether there was one. */
static bool take(int from, int to, bool forth)
{
	static uint64_t last[2];
	struct packet *packet = unused[spare - 1], *copy;

	packet->length = read(from, packet->bytes, LONGEST);
	if (packet->length <= 0)
		return false;
	spare--;
	packet->to = to;
	packet->due = clock_ns(CLOCK_MONOTONIC) + delay + (jitter > 0 ? random() % jitter : 0);
	if (packet->due < last[forth])
		packet->due = last[forth];
	last[forth] = packet->due;
	forth_count += forth;
	if (forth && held > 0 && forth_count % held == 0) {
		held_count++;
		packet->due += hold;
	}
	if (forth && twice > 0 && forth_count % twice == 0) {
		twice_count++;
		copy = unused[--spare];
		*copy = *packet;
		put(copy);
	}
	put(packet);
	return true;
}

static void give(void)
{
	int due = 0;
	uint64_t now = clock_ns(CLOCK_MONOTONIC);

	for (; due < queued && queue[due]->due <= now; due++) {
		/* What the device does not take is lost, as on a wire. */
		if (write(queue[due]->to, queue[due]->bytes, queue[due]->length) < 0)
			warn("packet lost");
		unused[spare++] = queue[due];
	}
	queued -= due;
	memmove(queue, queue + due, queued * sizeof *queue);
}

int main(int argc, char **argv)
{
	struct sigaction action = { .sa_handler = end };
	sigset_t none, term;
	struct pollfd ends[2] = { { .events = POLLIN }, { .events = POLLIN } };

	for (int option; (option = getopt(argc, argv, "d:j:2:h:H:")) != -1;)
		switch (option) {
		case 'd': delay = number(optarg, 0, 10000000) * 1000; break;
		case 'j': jitter = number(optarg, 0, 10000000) * 1000; break;
		case '2': twice = number(optarg, 1, 1000000); break;
		case 'h': held = number(optarg, 1, 1000000); break;
		case 'H': hold = number(optarg, 0, 10000000) * 1000; break;
		default: usage();
		}
	if (argc - optind != 4)
		usage();
	for (int i = 0; i < 2; i++)
		ends[i].fd = device(argv[optind + 2 * i], argv[optind + 2 * i + 1]);
	for (; spare < ROOM; spare++)
		unused[spare] = &packets[spare];
	/* The kernel would let it sleep 50 us longer. */
	prctl(PR_SET_TIMERSLACK, 1);
	/* Only where it waits, so that none comes right before that. */
	sigemptyset(&none);
	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	sigprocmask(SIG_BLOCK, &term, NULL);
	sigaction(SIGTERM, &action, NULL);
	puts("ready");
	fflush(stdout);
	while (!ending) {
		struct timespec left = { .tv_sec = 3600 };

		if (queued > 0) {
			uint64_t now = clock_ns(CLOCK_MONOTONIC), nanos = queue[0]->due > now ? queue[0]->due - now : 0;

			left = (struct timespec){ nanos / SECOND, nanos % SECOND };
		}
		if (ppoll(ends, 2, &left, &none) < 0 && !ending)
			err(2, "ppoll");
		give();
		for (int i = 0; i < 2; i++)
			while (spare > 1 && take(ends[i].fd, ends[1 - i].fd, i == 0))
				;
		give();
	}
	printf("forth=%lu twice=%lu held=%lu\n", forth_count, twice_count, held_count);
	return EXIT_SUCCESS;
}
