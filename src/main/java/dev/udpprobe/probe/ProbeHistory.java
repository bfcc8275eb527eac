package dev.udpprobe.probe;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The last 100 probes, and of those before them the last 100 that failed. Safe for any number of threads.
 */
public final class ProbeHistory {

	private static final int MAX = 100;

	/**
	 * A probe, and its number.
	 *
	 * @param id from 1, in the order in which the probes ended
	 */
	public record Numbered(long id, Probe probe) {}

	private final Deque<Numbered> last = new ArrayDeque<>(MAX);

	private final Deque<Numbered> failed = new ArrayDeque<>(MAX);

	private long count;

	synchronized void add(Probe probe) {
		this.last.addFirst(new Numbered(++this.count, probe.kept()));
		if (this.last.size() > MAX) {
			Numbered former = this.last.removeLast();
			if (!former.probe().success()) {
				this.failed.addFirst(former);
			}
		}
		if (this.failed.size() > MAX) {
			this.failed.removeLast();
		}
	}

	/**
	 * @return the last one first
	 */
	public synchronized List<Numbered> all() {
		List<Numbered> all = new ArrayList<>(this.last);
		all.addAll(this.failed);
		return all;
	}

	public synchronized Optional<Numbered> find(long id) {
		return Stream.concat(this.last.stream(), this.failed.stream()).filter((each) -> each.id() == id).findFirst();
	}

}
