package dev.udpprobe.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Memory of which the process has only what is used: the kernel gives a page when it is
 * first touched ({@code mmap(2)}), while an arena's own allocation touches all of it.
 */
final class Pages {

	/** {@code <asm-generic/mman-common.h>}. */
	static final int PROT_READ = 1;

	static final int PROT_WRITE = 2;

	/** {@code <linux/mman.h>}. */
	static final int MAP_PRIVATE = 2;

	static final int MAP_ANONYMOUS = 0x20;

	private static final long MAP_FAILED = -1;

	private Pages() {}

	/**
	 * @param arena frees it when it is closed
	 * @param size in bytes
	 * @throws OutOfMemoryError if the kernel does not give it
	 */
	@SuppressWarnings("restricted")
	static MemorySegment map(Arena arena, long size) {
		MemorySegment start = SystemCalls.mmap(size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS);
		if (start.address() == MAP_FAILED) {
			throw new OutOfMemoryError("the system has no %,d bytes for datagrams".formatted(size));
		}
		return start.reinterpret(size, arena, (pages) -> SystemCalls.munmap(pages, size));
	}

}
