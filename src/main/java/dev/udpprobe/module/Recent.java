package dev.udpprobe.module;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The last few things that were made, since the same are mostly asked for again. Safe for any number of threads.
 */
final class Recent<K, V> {

	private static final int MAX = 64;

	private final Function<K, V> making;

	private final Map<K, V> made = new LinkedHashMap<>(16, 0.75f, true) {
		@Override
		protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
			return size() > MAX;
		}
	};

	/**
	 * @param making makes one; what it throws is not kept
	 */
	Recent(Function<K, V> making) {
		this.making = making;
	}

	V get(K key) {
		synchronized (this.made) {
			V known = this.made.get(key);
			if (known != null) {
				return known;
			}
		}
		V fresh = this.making.apply(key);
		synchronized (this.made) {
			this.made.put(key, fresh);
		}
		return fresh;
	}

}
