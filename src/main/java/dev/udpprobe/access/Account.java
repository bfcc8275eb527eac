package dev.udpprobe.access;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Somebody, or a program, with rights.
 *
 * @param name that no other account has
 * @param token by which programs show who they are; null if there is none
 * @param password by which people do, hashed; null if there is none
 */
public record Account(String name, Set<Right> rights, @Nullable TokenHash token,
		@Nullable String password) {

	public Account {
		rights = Set.copyOf(rights);
	}

	/**
	 * Without what is secret.
	 */
	@Override
	public String toString() {
		return this.name;
	}

}
