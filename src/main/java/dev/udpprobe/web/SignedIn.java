package dev.udpprobe.web;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
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

	private static final String ACCOUNT = Account.class.getName();

	/** Of one account. */
	private static final int MAX_SESSIONS = 20;

	private final Accounts accounts;

	/** The last ones of each account, by its name. Some may have ended. */
	private final Map<String, Deque<HttpSession>> sessions = new HashMap<>();

	SignedIn(Accounts accounts) {
		this.accounts = accounts;
	}

	/**
	 * Begins a session, in the place of one that there may be, and of the eldest of the account if that has too many.
	 */
	void begin(HttpServletRequest request, Account account) {
		end(request);
		HttpSession session = request.getSession(true);
		session.setAttribute(ACCOUNT, account);
		HttpSession eldest = null;
		synchronized (this.sessions) {
			Deque<HttpSession> all = this.sessions.computeIfAbsent(account.name(), (_) -> new ArrayDeque<>());
			all.addLast(session);
			if (all.size() > MAX_SESSIONS) {
				eldest = all.removeFirst();
			}
		}
		invalidate(eldest);
	}

	void end(HttpServletRequest request) {
		invalidate(request.getSession(false));
	}

	private static void invalidate(@Nullable HttpSession session) {
		try {
			if (session != null) {
				session.invalidate();
			}
		}
		catch (IllegalStateException _) {
			// It has ended already.
		}
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
		HttpSession session = request.getSession(false);
		Account then = (session != null) ? account(session) : null;
		if (then == null) {
			return null;
		}
		Account now = this.accounts.find(then.name());
		if (now == null || !Objects.equals(now.password(), then.password())) {
			invalidate(session);
			return null;
		}
		return now;
	}

	private static @Nullable Account account(HttpSession session) {
		try {
			return (session.getAttribute(ACCOUNT) instanceof Account account) ? account : null;
		}
		catch (IllegalStateException _) {
			// It has ended meanwhile.
			return null;
		}
	}

}
