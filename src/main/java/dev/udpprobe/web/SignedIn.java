package dev.udpprobe.web;

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

	private final Accounts accounts;

	SignedIn(Accounts accounts) {
		this.accounts = accounts;
	}

	/**
	 * Begins a session, in the place of one that there may be.
	 */
	void begin(HttpServletRequest request, Account account) {
		end(request);
		request.getSession(true).setAttribute(ACCOUNT, account);
	}

	void end(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		if (session != null) {
			session.invalidate();
		}
	}

	/**
	 * Whether whoever has begun a request with an account has it still, as it was then.
	 * @param account null for everybody
	 */
	boolean isStill(HttpServletRequest request, @Nullable Account account) {
		if (account == null) {
			return true;
		}
		boolean bySession = request.getHeader(HttpHeaders.AUTHORIZATION) == null;
		return account.equals(this.accounts.find(account.name())) && (!bySession || account(request) != null);
	}

	/**
	 * @return the account as it is now; null if nobody has signed in, or the account is gone or has another password
	 */
	@Nullable
	Account account(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		if (session == null || !(session.getAttribute(ACCOUNT) instanceof Account then)) {
			return null;
		}
		Account now = this.accounts.find(then.name());
		if (now == null || !Objects.equals(now.password(), then.password())) {
			session.invalidate();
			return null;
		}
		return now;
	}

}
