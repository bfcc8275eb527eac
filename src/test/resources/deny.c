// deny CALL -- PROGRAM ARGUMENT...
//
// Runs a program in which a system call fails with EPERM, as under the seccomp profile of a container.
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "neither x86-64 nor aarch64"
#endif

#define ANY 0xffffffffu

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define SKIP_IF(value, yes, no) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, yes, no)

static const struct call {
	const char *name;
	unsigned number;
	/* The first argument that is denied, or ANY. */
	unsigned argument;
} CALLS[] = {
	{"recvmsg", SYS_recvmsg, ANY},
	{"recvmmsg", SYS_recvmmsg, ANY},
	{"sendmmsg", SYS_sendmmsg, ANY},
	{"connect", SYS_connect, ANY},
	{"shutdown", SYS_shutdown, ANY},
	{"socket-inet6", SYS_socket, AF_INET6},
};

static int deny(const struct call *call) {
	struct sock_filter filter[] = {
		LOAD(arch),
		SKIP_IF(ARCHITECTURE, 0, 4),
		LOAD(nr),
		SKIP_IF(call->number, 0, 2),
		/* The low half of the argument: both processors have it first. */
		LOAD(args[0]),
		SKIP_IF(call->argument, 1, call->argument == ANY),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
	};
	struct sock_fprog program = {sizeof(filter) / sizeof(*filter), filter};

	/* Without privileges, a filter needs that nobody gains any. */
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

int main(int count, char **arguments) {
	if (count < 4 || strcmp(arguments[2], "--") != 0) {
		fputs("deny CALL -- PROGRAM ARGUMENT...\n", stderr);
		return 2;
	}
	for (size_t i = 0; i < sizeof(CALLS) / sizeof(*CALLS); i++) {
		if (strcmp(CALLS[i].name, arguments[1]) == 0) {
			if (deny(&CALLS[i])) {
				perror("seccomp");
				return 2;
			}
			execv(arguments[3], arguments + 3);
			perror(arguments[3]);
			return 2;
		}
	}
	fprintf(stderr, "no call %s\n", arguments[1]);
	return 2;
}
