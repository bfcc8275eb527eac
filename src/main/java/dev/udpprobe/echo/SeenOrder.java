package dev.udpprobe.echo;

import org.jspecify.annotations.Nullable;

/**
 * The order in which things were last seen: a list in which a thing moves, and a walk keeps its
 * place, at no cost of memory or search. For whoever holds its owner's lock.
 */
final class SeenOrder {

	/** Before the first and after the last. */
	private final Place ends = new Place();

	/**
	 * Where a thing stands. One that is nothing else keeps the place of a walk.
	 */
	static class Place {

		private Place earlier = this;

		private Place later = this;

	}

	/**
	 * Puts a thing where those are that were just seen, wherever it was.
	 */
	void putLast(Place place) {
		if (place.later != this.ends) {
			putBehind(place, this.ends.earlier);
		}
	}

	/**
	 * Puts a thing right behind another one, wherever it was.
	 */
	static void putBehind(Place place, Place other) {
		remove(place);
		place.earlier = other;
		place.later = other.later;
		other.later.earlier = place;
		other.later = place;
	}

	static void remove(Place place) {
		place.earlier.later = place.later;
		place.later.earlier = place.earlier;
		place.earlier = place;
		place.later = place;
	}

	/**
	 * @return what was seen before all others, or null if there is nothing
	 */
	@Nullable
	Place first() {
		return orNull(this.ends.later);
	}

	/**
	 * @return null too for one that is not in the order
	 */
	@Nullable
	Place earlier(Place place) {
		return (place.earlier != place) ? orNull(place.earlier) : null;
	}

	@Nullable
	Place later(Place place) {
		return orNull(place.later);
	}

	private @Nullable Place orNull(Place place) {
		return (place != this.ends) ? place : null;
	}

}
