package dev.udpprobe;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.SoftReference;

import org.jspecify.annotations.Nullable;

/**
 * Ends the process where its memory is used up, as {@code -XX:+ExitOnOutOfMemoryError} does where
 * that is set. A thread that has died for want of memory does not come back: without this, the
 * process would stay and answer nobody.
 */
final class OutOfMemory {

	/** That of {@code -XX:+ExitOnOutOfMemoryError}. */
	static final int EXIT_CODE = 3;

	/**
	 * Where less of the heap than this is free after a collection, there is no room for work: a
	 * collector that copies cannot use all that it calls free.
	 */
	private static final double MIN_FREE = 0.05;

	/** How often it looks by itself, in case that it is not told. */
	private static final long LOOK_MILLIS = 1_000;

	/** Memory for the end. */
	@SuppressWarnings("unused")
	private static byte @Nullable [] reserve = new byte[1 << 20];

	private OutOfMemory() {}

	/**
	 * Watches from now on.
	 */
	static void endsTheProcess() {
		Thread.setDefaultUncaughtExceptionHandler(OutOfMemory::uncaught);
		Thread.ofPlatform().daemon().name("out-of-memory").start(OutOfMemory::watch);
	}

	private static void uncaught(Thread thread, Throwable error) {
		if (error instanceof OutOfMemoryError) {
			end();
		}
		System.err.print("Exception in thread \"" + thread.getName() + "\" ");
		error.printStackTrace();
	}

	/**
	 * Some errors are caught where a request or a task ends. A soft reference tells of them all:
	 * it is cleared at the latest when memory is about to be refused (see {@link SoftReference}), and
	 * else by age.
	 */
	private static void watch() {
		ReferenceQueue<Object> cleared = new ReferenceQueue<>();
		SoftReference<Object> reference = new SoftReference<>(new Object(), cleared);
		try {
			while (true) {
				if (cleared.remove(LOOK_MILLIS) != null) {
					reference = new SoftReference<>(new Object(), cleared);
				}
				if (reference.get() == null || isFull()) {
					System.gc();
					if (isFull()) {
						end();
					}
				}
			}
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
	}

	private static boolean isFull() {
		Runtime runtime = Runtime.getRuntime();
		long free = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
		return free < MIN_FREE * runtime.maxMemory();
	}

	/**
	 * At once, because what an orderly end would need is not there. Even this needs a little, of
	 * which others may be quicker to take what is set free.
	 */
	private static void end() {
		reserve = null;
		while (true) {
			try {
				Runtime.getRuntime().halt(tell());
			}
			catch (OutOfMemoryError _) {
				Thread.onSpinWait();
			}
		}
	}

	/**
	 * Says so, if there is memory for it.
	 */
	private static int tell() {
		try {
			System.err.println("Terminating, because no memory is left");
		}
		catch (OutOfMemoryError _) {
			// The exit code tells the same.
		}
		return EXIT_CODE;
	}

}
