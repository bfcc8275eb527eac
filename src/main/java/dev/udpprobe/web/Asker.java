package dev.udpprobe.web;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

import dev.udpprobe.access.Account;
import dev.udpprobe.access.Right;

/**
 * Who asks, in the words of Spring Security: rights are authorities.
 */
final class Asker {

	private static final String EVERYBODY = "everybody";

	/** Spring Security knows nobody without any. */
	private static final GrantedAuthority NO_RIGHT = new SimpleGrantedAuthority(EVERYBODY);

	private static final Map<Right, GrantedAuthority> AUTHORITIES = new EnumMap<>(Right.class);

	static {
		for (Right right : Right.values()) {
			AUTHORITIES.put(right, new SimpleGrantedAuthority(right.label()));
		}
	}

	private Asker() {}

	/**
	 * Somebody who has shown to be the account's.
	 * @param everybody the rights of everybody, which nobody loses by an account
	 */
	static Authentication of(Account account, Set<Right> everybody) {
		Stream<Right> rights = Stream.concat(account.rights().stream(), everybody.stream());
		return UsernamePasswordAuthenticationToken.authenticated(account, null, authorities(rights).toList());
	}

	/**
	 * Somebody who has shown nothing.
	 */
	static Authentication everybody(Set<Right> rights) {
		return new AnonymousAuthenticationToken(EVERYBODY, EVERYBODY,
				Stream.concat(Stream.of(NO_RIGHT), authorities(rights.stream())).toList());
	}

	private static Stream<GrantedAuthority> authorities(Stream<Right> rights) {
		return rights.map(AUTHORITIES::get);
	}

	static boolean may(@Nullable Authentication asker, Right right) {
		return asker != null && asker.getAuthorities().contains(AUTHORITIES.get(right));
	}

	/**
	 * Whether whoever asks in this thread may.
	 */
	static boolean may(Right right) {
		return may(SecurityContextHolder.getContext().getAuthentication(), right);
	}

	/**
	 * @return what whoever asks in this thread may, in the order of the rights
	 */
	static List<Right> rights() {
		return Arrays.stream(Right.values()).filter(Asker::may).toList();
	}

	/**
	 * @return whose account is asked with in this thread; null without one
	 */
	static @Nullable Account account() {
		Authentication asker = SecurityContextHolder.getContext().getAuthentication();
		return (asker != null && asker.getPrincipal() instanceof Account account) ? account : null;
	}

}
