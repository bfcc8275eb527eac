/* Times in nanoseconds. */
#include <stdint.h>
#include <time.h>

#define SECOND 1000000000ull

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
