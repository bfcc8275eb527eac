/*
 * UDP echo server: the C reference that makes two system calls for up to 64
 * datagrams.
 *
 *   echo_batch [-a IPv4 ADDRESS] [-b RECEIVE BUFFER] PORT
 *
 * It answers as echo does without -c. Replies of one length to one peer, one
 * after the other, are one message that the kernel takes apart: udp(7),
 * UDP_SEGMENT, Linux 4.18.
 */
#define _GNU_SOURCE /* for recvmmsg and sendmmsg */
#include <netinet/udp.h>

#include "echo_server.h"

#define SLOTS 64 /* and so a message never has more segments than older kernels take */
#define MAX_MESSAGE 65000 /* nor is it longer than a datagram may be */
#define LINE 64

/* An odd number of cache lines, or the starts of all slots would compete for a few of the cache's sets. */
#define SLOT_SIZE ((((GREETING_LENGTH + MAX_DATAGRAM) / LINE + 1) | 1) * LINE)

union control {
	struct cmsghdr header;
	char bytes[CMSG_SPACE(sizeof(uint16_t))];
};

/* Each has the greeting, and behind it what is received, so a reply needs no copy. */
static _Alignas(LINE) char slots[SLOTS][SLOT_SIZE];
static struct sockaddr_in peers[SLOTS];
static struct mmsghdr in[SLOTS], out[SLOTS];
static struct iovec in_vector[SLOTS], out_vector[SLOTS];
static union control segment_lengths[SLOTS];

static _Noreturn void usage(void)
{
	fputs("usage: echo_batch [-a IPv4 ADDRESS] [-b RECEIVE BUFFER] PORT\n", stderr);
	exit(2);
}

static void set_up(void)
{
	for (int i = 0; i < SLOTS; i++) {
		memcpy(slots[i], GREETING, GREETING_LENGTH);
		in_vector[i] = (struct iovec){ slots[i] + GREETING_LENGTH, MAX_DATAGRAM };
		in[i].msg_hdr = (struct msghdr){ .msg_name = &peers[i], .msg_namelen = sizeof peers[i],
						 .msg_iov = &in_vector[i], .msg_iovlen = 1 };
		segment_lengths[i].header = (struct cmsghdr){ .cmsg_len = CMSG_LEN(sizeof(uint16_t)),
							      .cmsg_level = SOL_UDP, .cmsg_type = UDP_SEGMENT };
	}
}

static bool takes(const struct msghdr *message, const struct sockaddr_in *peer, size_t length)
{
	return message->msg_iov->iov_len == length && (message->msg_iovlen + 1) * length <= MAX_MESSAGE &&
	       same_address(message->msg_name, peer);
}

static void make_segments(struct msghdr *message, union control *segment_length)
{
	uint16_t length = message->msg_iov->iov_len;

	memcpy(CMSG_DATA(&segment_length->header), &length, sizeof length);
	message->msg_control = segment_length;
	message->msg_controllen = sizeof *segment_length;
}

/* Returns how many messages the replies take. */
static int prepare(int count)
{
	int messages = 0, replies = 0;
	struct msghdr *last = NULL;

	for (int i = 0; i < count; i++) {
		ssize_t n = in[i].msg_len;

		if (in[i].msg_hdr.msg_namelen == 0)
			continue; /* not a datagram, but the shutdown */
		in[i].msg_hdr.msg_namelen = sizeof peers[i];
		received++;
		if (n > MAX_PAYLOAD || is_goodbye(in_vector[i].iov_base, n))
			continue;
		struct iovec *reply = &out_vector[replies++];
		*reply = (struct iovec){ slots[i], GREETING_LENGTH + n };
		if (last != NULL && takes(last, &peers[i], reply->iov_len)) {
			if (last->msg_iovlen++ == 1)
				make_segments(last, &segment_lengths[messages - 1]);
		} else {
			last = &out[messages++].msg_hdr;
			*last = (struct msghdr){ .msg_name = &peers[i], .msg_namelen = sizeof peers[i],
						 .msg_iov = reply, .msg_iovlen = 1 };
		}
	}
	return messages;
}

/* Not every path takes segments, and one reply's failure is not the others'. */
static void send_singly(const struct msghdr *message)
{
	for (size_t i = 0; i < message->msg_iovlen; i++)
		sendto(sock, message->msg_iov[i].iov_base, message->msg_iov[i].iov_len, 0,
		       message->msg_name, message->msg_namelen);
}

static void send_all(int messages)
{
	for (int done = 0; done < messages;) {
		int sent = sendmmsg(sock, out + done, messages - done, 0);

		if (sent > 0)
			done += sent;
		else
			send_singly(&out[done++].msg_hdr);
	}
}

int main(int argc, char **argv)
{
	start(argc, argv, "a:b:");
	set_up();
	while (!stopping) {
		int count = recvmmsg(sock, in, SLOTS, MSG_WAITFORONE, NULL);

		if (count < 0 && errno != EINTR)
			err(EXIT_FAILURE, "recvmmsg");
		send_all(prepare(count));
	}
	printf("received %llu datagrams\n", received);
	return EXIT_SUCCESS;
}
