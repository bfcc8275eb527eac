package dev.udpprobe;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;

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

	/** Between two looks at the heap. */
	static final long LOOK_MILLIS = 1_000;

	private static final List<GarbageCollectorMXBean> COLLECTORS = ManagementFactory.getGarbageCollectorMXBeans();

	/** Less than a collector treats as large. */
	private static final int TRIAL_BYTES = 1 << 16;

	private static final byte[] LAST_WORDS = ("Terminating, because no memory is left" + System.lineSeparator())
			.getBytes(StandardCharsets.US_ASCII);

	/** A {@link java.io.PrintStream} would take memory to write. */
	private static final FileOutputStream STANDARD_ERROR = new FileOutputStream(FileDescriptor.err);

	/** What a look takes, here so that no compiler leaves it out. */
	@SuppressWarnings("unused")
	private static volatile byte @Nullable [] trial;

	private OutOfMemory() {}

	/**
	 * Watches from now on.
	 */
	static void endsTheProcess() {
		prepareTheEnd();
		Thread.setDefaultUncaughtExceptionHandler(OutOfMemory::uncaught);
		Thread.ofPlatform().daemon().name("out-of-memory").start(OutOfMemory::watch);
	}

	/**
	 * Looks once, says nothing, and has the classes found that only the end needs: there will be no
	 * memory to look for them.
	 */
	private static void prepareTheEnd() {
		isFull();
		collections();
		tell(0);
		for (String name : List.of(Error.class.getName(), OutOfMemoryError.class.getName(), "java.lang.Shutdown")) {
			try {
				Class.forName(name);
			}
			catch (ClassNotFoundException _) {
				// Another JDK has another way.
			}
		}
	}

	private static void uncaught(Thread thread, Throwable error) {
		if (error instanceof OutOfMemoryError) {
			end();
		}
		System.err.print("Exception in thread \"" + thread.getName() + "\" ");
		error.printStackTrace();
	}

	/**
	 * Some errors are caught where a request or a task ends, but the heap tells of them all. A little
	 * memory is asked for, because a collector may call free what it cannot give: if it gives none,
	 * this thread ends by the error that nobody catches here. The collection comes only where little
	 * is free.
	 */
	private static void watch() {
		try {
			while (true) {
				Thread.sleep(LOOK_MILLIS);
				trial = new byte[TRIAL_BYTES];
				trial = null;
				long collections = collections();
				if (isFull()) {
					System.gc();
					// Not where the JVM has been told to take no such request.
					if (isFull() && collections() > collections) {
						end();
					}
				}
			}
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
	}

	private static long collections() {
		long count = 0;
		for (int i = 0; i < COLLECTORS.size(); i++) {
			count += COLLECTORS.get(i).getCollectionCount();
		}
		return count;
	}

	private static boolean isFull() {
		Runtime runtime = Runtime.getRuntime();
		long free = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
		return free < MIN_FREE * runtime.maxMemory();
	}

	/**
	 * At once, because what an orderly end would need is not there. Only the first of many threads
	 * says so.
	 */
	private static synchronized void end() {
		while (true) {
			try {
				Runtime.getRuntime().halt(tell(LAST_WORDS.length));
			}
			catch (Error _) {
				Thread.onSpinWait();
			}
		}
	}

	/**
	 * @param length how much of it
	 */
	private static int tell(int length) {
		try {
			STANDARD_ERROR.write(LAST_WORDS, 0, length);
		}
		catch (IOException | OutOfMemoryError _) {
			// The exit code tells the same.
		}
		return EXIT_CODE;
	}

}
