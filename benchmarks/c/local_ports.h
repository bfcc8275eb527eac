/* The ports that the kernel itself would choose from, shuffled; each comes round again after all others. */
#include <err.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

#define BIND_TRIES 256

static uint16_t ports[1 << 16];
static long port_count, next_port;

static void read_ports(void)
{
	FILE *file = fopen("/proc/sys/net/ipv4/ip_local_port_range", "r");
	int first, last;

	if (file == NULL || fscanf(file, "%d %d", &first, &last) != 2)
		err(2, "the range of local ports");
	fclose(file);
	for (int port = first; port <= last; port++) {
		long other = random() % (port_count + 1);

		ports[port_count++] = ports[other];
		ports[other] = port;
	}
}

static void bind_next(int sock)
{
	struct sockaddr_in local = { .sin_family = AF_INET };
	int tries = 0;

	do {
		if (tries++ == BIND_TRIES)
			err(2, "bind");
		local.sin_port = htons(ports[next_port]);
		next_port = (next_port + 1) % port_count;
	} while (bind(sock, (struct sockaddr *)&local, sizeof local) < 0);
}
