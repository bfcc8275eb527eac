package dev.udpprobe.monitor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The last of many things. It takes no memory before the first. For one thread at a time.
 *
 * @param <T> of what
 */
final class LastFew<T> {

	private final int max;

	private @Nullable Deque<T> last;

	LastFew(int max) {
		this.max = max;
	}

	void add(T one) {
		if (this.last == null) {
			this.last = new ArrayDeque<>(1);
		}
		if (this.last.size() == this.max) {
			this.last.removeFirst();
		}
		this.last.addLast(one);
	}

	/**
	 * @return in their order
	 */
	List<T> all() {
		return (this.last != null) ? List.copyOf(this.last) : List.of();
	}

}
