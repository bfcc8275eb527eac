package dev.udpprobe.access;

import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What somebody may do who shows no account.
 */
public final class AccessSettings {

	private final boolean configured;

	private final boolean required;

	private final boolean openMetrics;

	private final Set<Right> everybody;

	/**
	 * @param accounts whether there may be accounts
	 * @param everybody the rights of everybody; null where nothing says
	 * @param openMetrics whether everybody may read the metrics
	 * @param required whether the service must not start as long as nothing of this is configured
	 */
	public AccessSettings(boolean accounts, @Nullable Set<Right> everybody, boolean openMetrics, boolean required) {
		this.configured = accounts || everybody != null;
		this.required = required;
		this.openMetrics = openMetrics;
		this.everybody = (everybody != null)
				? Set.copyOf(everybody)
				: accounts ? Set.of() : Set.of(Right.VIEW, Right.ASK);
	}

	/**
	 * @return false if everybody may look and ask, and manages from loopback, because nothing says otherwise
	 */
	public boolean isConfigured() {
		return this.configured;
	}

	public boolean isRequired() {
		return this.required;
	}

	public boolean openMetrics() {
		return this.openMetrics;
	}

	/**
	 * @param local whether somebody on this host asks
	 */
	public Set<Right> everybody(boolean local) {
		if (this.configured || !local) {
			return this.everybody;
		}
		Set<Right> rights = EnumSet.copyOf(this.everybody);
		rights.add(Right.MANAGE);
		return rights;
	}

}
