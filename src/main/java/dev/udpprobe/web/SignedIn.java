package dev.udpprobe.web;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

import dev.udpprobe.access.Account;
import dev.udpprobe.access.Accounts;

/**
 * Who has signed in by a browser. Each is a session of Tomcat's, which the browser names by a cookie; there is none for anybody else.
 * Safe for any number of threads.
 */
@Component
final class SignedIn {

	private static final String PLACE = Place.class.getName();

	/** Of one account. */
	private static final int MAX_SESSIONS = 20;

	private final Accounts accounts;

	/** Of each account by its name, the eldest first. */
	private final Map<String, Deque<Place>> places = new HashMap<>();

	/**
	 * What the account has of a session, as long as that lasts.
	 */
	private final class Place implements HttpSessionBindingListener {

		/** As it was when the session began. */
		private final Account account;

		private final HttpSession session;

		private Place(Account account, HttpSession session) {
			this.account = account;
			this.session = session;
		}

		/**
		 * @return the account as it is now; null if it is gone, or has another password
		 */
		private @Nullable Account now() {
			Account now = SignedIn.this.accounts.find(this.account.name());
			return (now != null && Objects.equals(now.password(), this.account.password())) ? now : null;
		}

		private void end() {
			leave(this);
			try {
				this.session.invalidate();
			}
			catch (IllegalStateException _) {
				// It has ended already.
			}
		}

		@Override
		public void valueUnbound(HttpSessionBindingEvent event) {
			leave(this);
		}

	}

	SignedIn(Accounts accounts) {
		this.accounts = accounts;
		accounts.follow(this::endOthers);
	}

	/**
	 * Begins a session, in the place of one that there may be, and of the eldest of the account if that has too many.
	 */
	void begin(HttpServletRequest request, Account account) {
		var _ = end(request);
		HttpSession session = request.getSession(true);
		Place place = new Place(account, session);
		session.setAttribute(PLACE, place);
		Place eldest = enter(place);
		if (eldest != null) {
			eldest.end();
		}
		// The account may have changed meanwhile, before there was a place to end.
		if (place.now() == null) {
			place.end();
		}
	}

	/**
	 * @return the one that has to end for it; null for none
	 */
	private @Nullable Place enter(Place place) {
		synchronized (this.places) {
			Deque<Place> all = this.places.computeIfAbsent(place.account.name(), (_) -> new ArrayDeque<>());
			all.addLast(place);
			return (all.size() > MAX_SESSIONS) ? all.removeFirst() : null;
		}
	}

	private void leave(Place place) {
		synchronized (this.places) {
			this.places.computeIfPresent(place.account.name(), (_, all) -> {
				all.remove(place);
				return all.isEmpty() ? null : all;
			});
		}
	}

	private void endOthers() {
		List<Place> ended;
		synchronized (this.places) {
			ended = this.places.values().stream().flatMap(Deque::stream).filter((place) -> place.now() == null)
					.toList();
		}
		ended.forEach(Place::end);
	}

	/**
	 * @return whose session has ended; null if there was none
	 */
	@Nullable
	Account end(HttpServletRequest request) {
		Place place = place(request);
		if (place == null) {
			return null;
		}
		place.end();
		return place.account;
	}

	/**
	 * Whether it is by a session that the account is known which is asked with in this thread.
	 */
	static boolean asks(HttpServletRequest request) {
		return Asker.account() != null && request.getHeader(HttpHeaders.AUTHORIZATION) == null;
	}

	/**
	 * Whether whoever has begun a request with an account has it still, as it was then. For the thread of the request.
	 * @param account null for everybody
	 */
	boolean isStill(HttpServletRequest request, @Nullable Account account) {
		if (account == null) {
			return true;
		}
		return account.equals(this.accounts.find(account.name())) && (!asks(request) || account(request) != null);
	}

	/**
	 * @return the account as it is now; null if nobody has signed in, or the account is gone or has another password
	 */
	@Nullable
	Account account(HttpServletRequest request) {
		Place place = place(request);
		return (place != null) ? place.now() : null;
	}

	private static @Nullable Place place(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		try {
			return (session != null && session.getAttribute(PLACE) instanceof Place place) ? place : null;
		}
		catch (IllegalStateException _) {
			// It has ended meanwhile.
			return null;
		}
	}

}
