/*
 * Sends one forged IPv4 packet from a raw socket, which takes CAP_NET_RAW: a UDP
 * datagram from any source, or an ICMP port unreachable from any source that
 * quotes a datagram which may never have been sent. It is sent by the host's
 * own routes; another host may well drop it as a martian.
 *
 *   forge udp SOURCE PORT ADDRESS PORT TEXT
 *   forge icmp SOURCE ADDRESS QUOTED_SOURCE PORT QUOTED_ADDRESS PORT TEXT
 */
#include <arpa/inet.h>
#include <err.h>
#include <netinet/ip.h>
#include <netinet/ip_icmp.h>
#include <netinet/udp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "arguments.h"

#define MAX_TEXT 256

struct datagram {
	struct iphdr ip;
	struct udphdr udp;
	char payload[MAX_TEXT];
};

struct error {
	struct iphdr ip;
	struct icmphdr icmp;
	struct datagram quoted;
};

static _Noreturn void usage(void)
{
	fputs("usage: forge udp SOURCE PORT ADDRESS PORT TEXT\n"
	      "       forge icmp SOURCE ADDRESS QUOTED_SOURCE PORT QUOTED_ADDRESS PORT TEXT\n", stderr);
	exit(2);
}

/* The Internet checksum (RFC 1071). */
static uint16_t checksum(const void *data, size_t length)
{
	const uint8_t *bytes = data;
	uint32_t sum = 0;

	for (size_t i = 0; i < length; i++)
		sum += i % 2 == 0 ? bytes[i] << 8 : bytes[i];
	while (sum >> 16 != 0)
		sum = (sum & 0xffff) + (sum >> 16);
	return htons(~sum);
}

static in_addr_t address(const char *text)
{
	struct in_addr address;

	if (inet_pton(AF_INET, text, &address) != 1)
		usage();
	return address.s_addr;
}

static struct iphdr header(uint8_t protocol, size_t length, const char *from, const char *to)
{
	struct iphdr ip = { .version = 4, .ihl = 5, .ttl = 64, .protocol = protocol, .tot_len = htons(length),
			    .saddr = address(from), .daddr = address(to) };

	ip.check = checksum(&ip, sizeof ip);
	return ip;
}

/* Returns its length. A checksum of 0 is none (RFC 768). */
static size_t fill(struct datagram *datagram, char **arguments)
{
	size_t text = strlen(arguments[4]), length = sizeof(struct iphdr) + sizeof(struct udphdr) + text;

	if (text > MAX_TEXT)
		usage();
	datagram->ip = header(IPPROTO_UDP, length, arguments[0], arguments[2]);
	datagram->udp = (struct udphdr){ .source = htons(number(arguments[1], 1, 65535)),
					 .dest = htons(number(arguments[3], 1, 65535)),
					 .len = htons(sizeof(struct udphdr) + text) };
	memcpy(datagram->payload, arguments[4], text);
	return length;
}

static void send_raw(const void *packet, size_t length, in_addr_t to)
{
	struct sockaddr_in destination = { .sin_family = AF_INET, .sin_addr.s_addr = to };
	int sock = socket(AF_INET, SOCK_RAW, IPPROTO_RAW);

	if (sock < 0 || sendto(sock, packet, length, 0, (struct sockaddr *)&destination, sizeof destination) < 0)
		err(2, "raw socket");
}

int main(int argc, char **argv)
{
	struct datagram datagram = { 0 };
	struct error error = { .icmp = { .type = ICMP_DEST_UNREACH, .code = ICMP_PORT_UNREACH } };

	if (argc == 7 && strcmp(argv[1], "udp") == 0) {
		send_raw(&datagram, fill(&datagram, argv + 2), address(argv[4]));
	} else if (argc == 9 && strcmp(argv[1], "icmp") == 0) {
		size_t quoted = fill(&error.quoted, argv + 4), length = sizeof error.ip + sizeof error.icmp + quoted;

		error.ip = header(IPPROTO_ICMP, length, argv[2], argv[3]);
		error.icmp.checksum = checksum(&error.icmp, sizeof error.icmp + quoted);
		send_raw(&error, length, address(argv[3]));
	} else {
		usage();
	}
	return EXIT_SUCCESS;
}
