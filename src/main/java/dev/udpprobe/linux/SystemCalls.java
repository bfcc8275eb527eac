package dev.udpprobe.linux;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

/**
 * The system calls that the JDK does not offer. To be touched only where {@link KernelDetail}
 * found native access to be granted.
 */
final class SystemCalls {

	/** {@code <bits/socket.h>}; the same on x86-64 and aarch64. */
	static final int MSG_DONTWAIT = 0x40;

	/** {@code errno(3)} as the linker saves it right after a call. */
	static final StructLayout ERRNO = Linker.Option.captureStateLayout();

	private static final VarHandle ERRNO_VALUE = ERRNO.varHandle(MemoryLayout.PathElement.groupElement("errno"));

	private static final Linker.Option CAPTURE_ERRNO = Linker.Option.captureCallState("errno");

	private static final MethodHandle RECVMSG = link("recvmsg",
			FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT), CAPTURE_ERRNO);

	private static final MethodHandle SEND = link("send",
			FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT), CAPTURE_ERRNO);

	private static final MethodHandle SETSOCKOPT = link("setsockopt",
			FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));

	private static final MethodHandle GETSOCKOPT = link("getsockopt",
			FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS), CAPTURE_ERRNO);

	private static final MethodHandle RECVMMSG = link("recvmmsg",
			FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS), CAPTURE_ERRNO);

	private static final MethodHandle SENDMMSG = link("sendmmsg",
			FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT), CAPTURE_ERRNO);

	private static final MethodHandle CONNECT = link("connect",
			FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT), CAPTURE_ERRNO);

	private static final MethodHandle GETSOCKNAME = link("getsockname",
			FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS), CAPTURE_ERRNO);

	private static final MethodHandle SHUTDOWN = link("shutdown",
			FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));

	private static final MethodHandle MMAP = link("mmap",
			FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));

	private static final MethodHandle MUNMAP = link("munmap", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));

	private static final MethodHandle STRERROR = link("strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));

	private SystemCalls() {}

	@SuppressWarnings("restricted")
	private static MethodHandle link(String name, FunctionDescriptor descriptor, Linker.Option... options) {
		Linker linker = Linker.nativeLinker();
		return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor, options);
	}

	static int errno(MemorySegment errno) {
		return (int) ERRNO_VALUE.get(errno, 0L);
	}

	/**
	 * {@code recvmsg(2)}.
	 * @return the bytes received, or -1 with the reason in {@code errno}
	 */
	static long recvmsg(MemorySegment errno, int descriptor, MemorySegment message, int flags) {
		try {
			return (long) RECVMSG.invokeExact(errno, descriptor, message, flags);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	/**
	 * {@code send(2)}.
	 * @return the bytes sent, or -1 with the reason in {@code errno}
	 */
	static long send(MemorySegment errno, int descriptor, MemorySegment bytes, int flags) {
		try {
			return (long) SEND.invokeExact(errno, descriptor, bytes, bytes.byteSize(), flags);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	/**
	 * {@code setsockopt(2)}.
	 * @return 0, or -1
	 */
	static int setsockopt(int descriptor, int level, int option, MemorySegment value) {
		try {
			return (int) SETSOCKOPT.invokeExact(descriptor, level, option, value, (int) value.byteSize());
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	/**
	 * {@code getsockopt(2)}.
	 * @param length the size of {@code value}, in place
	 * @return 0, or -1 with the reason in {@code errno}
	 */
	static int getsockopt(MemorySegment errno, int descriptor, int level, int option, MemorySegment value,
			MemorySegment length) {
		try {
			return (int) GETSOCKOPT.invokeExact(errno, descriptor, level, option, value, length);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	/**
	 * {@code recvmmsg(2)}, without a time-out of its own.
	 * @return how many datagrams were received, or -1 with the reason in {@code errno}
	 */
	static int recvmmsg(MemorySegment errno, int descriptor, MemorySegment messages, int count, int flags) {
		try {
			return (int) RECVMMSG.invokeExact(errno, descriptor, messages, count, flags, MemorySegment.NULL);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	/**
	 * {@code sendmmsg(2)}.
	 * @return how many messages were sent, or -1 with the reason in {@code errno}
	 */
	static int sendmmsg(MemorySegment errno, int descriptor, MemorySegment messages, int count) {
		try {
			return (int) SENDMMSG.invokeExact(errno, descriptor, messages, count, 0);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	/**
	 * {@code connect(2)}.
	 * @return 0, or -1 with the reason in {@code errno}
	 */
	static int connect(MemorySegment errno, int descriptor, MemorySegment address, int length) {
		try {
			return (int) CONNECT.invokeExact(errno, descriptor, address, length);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	/**
	 * {@code getsockname(2)}.
	 * @param length the size of {@code address}, in place
	 * @return 0, or -1 with the reason in {@code errno}
	 */
	static int getsockname(MemorySegment errno, int descriptor, MemorySegment address, MemorySegment length) {
		try {
			return (int) GETSOCKNAME.invokeExact(errno, descriptor, address, length);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	/**
	 * {@code shutdown(2)}.
	 * @return 0, or -1
	 */
	static int shutdown(int descriptor, int how) {
		try {
			return (int) SHUTDOWN.invokeExact(descriptor, how);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	/**
	 * {@code mmap(2)} of memory without a file, wherever the kernel likes.
	 * @return where it starts, or -1
	 */
	static MemorySegment mmap(long size, int protection, int flags) {
		try {
			return (MemorySegment) MMAP.invokeExact(MemorySegment.NULL, size, protection, flags, -1, 0L);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	/**
	 * {@code munmap(2)}.
	 * @return 0, or -1
	 */
	static int munmap(MemorySegment start, long size) {
		try {
			return (int) MUNMAP.invokeExact(start, size);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	/**
	 * {@code strerror(3)}: the words are of the language and the encoding of the process, as
	 * in the exceptions of the JDK. Safe for any number of threads, as long as the number is
	 * one that the system knows.
	 */
	@SuppressWarnings("restricted")
	static String strerror(int number) {
		try {
			MemorySegment words = ((MemorySegment) STRERROR.invokeExact(number)).reinterpret(Long.MAX_VALUE);
			return new String(words.getString(0, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1),
					System.getProperty("native.encoding", "UTF-8"));
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	/** A downcall throws nothing by itself. */
	private static IllegalStateException unexpected(Throwable ex) {
		return new IllegalStateException(ex);
	}

}
