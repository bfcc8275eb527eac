/*
 * Prints the CPU time of each process given, all of its threads and those that
 * have ended, in nanoseconds. /proc/PID/stat counts in ticks, and not every
 * kernel has schedstat.
 */
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int main(int argc, char **argv)
{
	if (argc < 2) {
		fputs("usage: cpu PID...\n", stderr);
		return 2;
	}
	for (int i = 1; i < argc; i++) {
		clockid_t clock;
		struct timespec time;

		errno = clock_getcpuclockid(atoi(argv[i]), &clock);
		if (errno != 0 || clock_gettime(clock, &time) < 0)
			err(EXIT_FAILURE, "%s", argv[i]);
		printf("%lld\n", time.tv_sec * 1000000000ll + time.tv_nsec);
	}
	return EXIT_SUCCESS;
}
