package dev.udpprobe.probe;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Waits in the calling thread, which is best a virtual one, for what others bring about.
 */
public final class Await {

	private Await() {}

	/**
	 * @return what the future completes with; what it fails with is thrown
	 * @throws InterruptedException if the calling thread was interrupted; what it waits for goes on
	 */
	public static <T> T result(CompletableFuture<T> future) throws InterruptedException {
		try {
			return future.get();
		}
		catch (ExecutionException ex) {
			switch (ex.getCause()) {
				case RuntimeException failure -> throw failure;
				case Error failure -> throw failure;
				case null, default -> throw new IllegalStateException(ex);
			}
		}
	}

}
