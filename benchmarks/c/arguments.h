/* Arguments of the command line. */
#include <stdlib.h>

static _Noreturn void usage(void);

static long number(const char *text, long min, long max)
{
	char *end;
	long value = strtol(text, &end, 10);

	if (end == text || *end != '\0' || value < min || value > max)
		usage();
	return value;
}
