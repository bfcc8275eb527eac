/* How long round trips took. */
#include <stdint.h>

#define STEPS 128ull /* per power of two: each under 0.8 % wide */
#define STEP_BITS 7

static struct {
	uint64_t count, slowest;
	uint64_t steps[(64 - STEP_BITS + 1) * STEPS];
} round_trips;

static void record(uint64_t ns)
{
	unsigned shift = ns < STEPS ? 0 : 63 - STEP_BITS - __builtin_clzll(ns);

	round_trips.count++;
	round_trips.steps[shift * STEPS + (ns >> shift)]++;
	if (ns > round_trips.slowest)
		round_trips.slowest = ns;
}

static double percentile_us(double percent)
{
	uint64_t i = 0, rank = percent / 100 * round_trips.count, up_to_here = round_trips.steps[0];

	while (up_to_here <= rank && up_to_here < round_trips.count)
		up_to_here += round_trips.steps[++i];
	unsigned shift = i < 2 * STEPS ? 0 : i / STEPS - 1;
	uint64_t middle = ((i - shift * STEPS) << shift) + ((1ull << shift) >> 1);
	return (middle < round_trips.slowest ? middle : round_trips.slowest) / 1e3;
}
