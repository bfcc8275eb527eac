package dev.udpprobe.web;

import java.util.concurrent.Semaphore;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;

/**
 * The memory that what has been read of the bodies of all requests in flight may take together. Without it, whoever
 * opens many connections and sends much on each would end the process. For any thread.
 */
@Component
final class BodyBudget implements ServletRequestListener {

	/** So many bytes of each body are free, so that a short message always gets through. */
	static final int FREE = 4_096;

	private static final int SHARE_OF_HEAP = 16;

	private static final String SHARE = Share.class.getName();

	private final Semaphore left = new Semaphore(
			(int) Math.min(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP, Integer.MAX_VALUE));

	/**
	 * There is no room for more of a body now.
	 */
	static final class ExhaustedException extends RuntimeException {

		ExhaustedException() {
			super("the bodies of other requests take all the memory that there is for bodies");
		}

	}

	/**
	 * @return what the request takes, until it ends
	 */
	Share of(HttpServletRequest request) {
		Share share = share();
		request.setAttribute(SHARE, share);
		return share;
	}

	/**
	 * @return what is to be given back by {@code resize(0)}
	 */
	Share share() {
		return new Share();
	}

	@Override
	public void requestDestroyed(ServletRequestEvent event) {
		giveBack(event.getServletRequest());
	}

	/**
	 * Of a request that goes on without its body.
	 */
	static void giveBack(ServletRequest request) {
		if (request.getAttribute(SHARE) instanceof Share share) {
			share.resize(0);
		}
	}

	int left() {
		return this.left.availablePermits();
	}

	/**
	 * What one body takes. Of one thread at a time.
	 */
	final class Share {

		private int taken;

		/**
		 * Takes more, or gives back.
		 * @param bytes that the body takes from now on, with those that are free
		 * @throws ExhaustedException if there are not as many; it keeps what it has
		 */
		void resize(int bytes) {
			int wanted = Math.max(0, bytes - FREE);
			if (wanted > this.taken && !BodyBudget.this.left.tryAcquire(wanted - this.taken)) {
				throw new ExhaustedException();
			}
			if (wanted < this.taken) {
				BodyBudget.this.left.release(this.taken - wanted);
			}
			this.taken = wanted;
		}

	}

}
