package dev.udpprobe.module;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.exchange.ExchangeOptions.AnswersFrom;
import dev.udpprobe.net.IpVersion;
import dev.udpprobe.net.Labelled;

/**
 * A module as it is written, in YAML or elsewhere. What is null is taken from the module that it is like, or has the default.
 *
 * @param like the module that has all that is not said here
 * @param with values of settings
 * @param about a sentence that says what it asks
 * @param port of a target that has none: 1 to 65535
 * @param settings what it can be told
 * @param codec what speaks the protocol where the language cannot; instead of send and answer
 * @param send what is sent
 * @param answer what a datagram has to be that answers
 * @param followUp what is sent when a datagram asks for more
 * @param pass what has to hold for an answer to be good
 * @param names of numbers, by value: {@code 0 NOERROR, 2 SERVFAIL}
 * @param says the sentence that an answer is told in
 * @param silence what silence may mean
 * @param success what is good
 * @param timeout how long an answer is waited for in all
 * @param tries how long after each datagram the next one is sent, and after the last one given up
 * @param again what is sent when there was no answer in time
 * @param socket how it is sent
 */
public record ModuleSpec(@Nullable String like, @Nullable Map<String, String> with, @Nullable String about,
		@Nullable Integer port, @Nullable Map<String, SettingSpec> settings, @Nullable String codec,
		@Nullable String send,
		@Nullable String answer, @Nullable FollowUpSpec followUp, @Nullable String pass,
		@Nullable Map<String, String> names, @Nullable String says, @Nullable String silence,
		@Nullable Success success, @Nullable Duration timeout, @Nullable List<Duration> tries, @Nullable Again again,
		@Nullable SocketSpec socket) {

	/** The setting that a request's message is. */
	static final String MESSAGE = "message";

	/**
	 * A setting as it is written.
	 *
	 * @param value the value where nobody says
	 * @param takes text, pattern, values, or a list of them
	 */
	public record SettingSpec(@Nullable String about, @Nullable String value, @Nullable String takes,
			@Nullable Boolean secret) {

		private SettingSpec like(SettingSpec base) {
			return new SettingSpec(or(this.about, base.about), or(this.value, base.value), or(this.takes, base.takes),
					or(this.secret, base.secret));
		}

		private static Map<String, SettingSpec> merged(@Nullable Map<String, SettingSpec> base,
				@Nullable Map<String, SettingSpec> own) {
			Map<String, SettingSpec> all = new LinkedHashMap<>(ModuleSpec.merged(base, null));
			ModuleSpec.merged(null, own).forEach((name, each) -> all.merge(name, each, (of, with) -> with.like(of)));
			return all;
		}

		/**
		 * Without its value, which may be secret.
		 */
		@Override
		public String toString() {
			return "SettingSpec";
		}

	}

	/**
	 * What is sent when a datagram asks for more.
	 *
	 * @param when what that datagram has to be; not called on, which YAML takes for true
	 */
	public record FollowUpSpec(@Nullable String when, @Nullable String send) {}

	/**
	 * What is good.
	 */
	public enum Success {

		/** A good answer. */
		REPLIED,

		/** That nothing comes back, where a protocol has no answers: not even a refusal. */
		SILENT

	}

	/**
	 * What is sent when there was no answer in time.
	 */
	public enum Again {

		/** The same with fresh values, so that it is known which datagram is answered. */
		FRESH,

		/** The very same, where the protocol wants that. */
		SAME

	}

	/**
	 * How it is sent; null leaves it to the system.
	 *
	 * @param answersFrom who may answer: the target, any port of its address, or anyone
	 * @param localPort whether it is another port each time, or the same for a target
	 * @param ipVersion which addresses of a name are taken
	 */
	public record SocketSpec(@Nullable Boolean connected, @Nullable AnswersFrom answersFrom,
			@Nullable LocalPort localPort,
			@Nullable String source, @Nullable Integer sourcePort, @Nullable Integer ttl, @Nullable Integer dscp,
			@Nullable Boolean dontFragment, @Nullable IpVersion ipVersion) {

		/**
		 * @return whether its datagrams may leave from a port that is kept: that of a connected socket, which nobody names
		 */
		public boolean canKeepPort() {
			return this.sourcePort == null && !Boolean.FALSE.equals(this.connected)
					&& (this.answersFrom == null || this.answersFrom == AnswersFrom.TARGET);
		}

		private SocketSpec like(SocketSpec base) {
			return new SocketSpec(or(this.connected, base.connected), or(this.answersFrom, base.answersFrom),
					or(this.localPort, base.localPort), or(this.source, base.source),
					// Whoever says which port it is has no use for the one that another says.
					(this.localPort != null) ? this.sourcePort : or(this.sourcePort, base.sourcePort),
					or(this.ttl, base.ttl), or(this.dscp, base.dscp), or(this.dontFragment, base.dontFragment),
					or(this.ipVersion, base.ipVersion));
		}

	}

	/**
	 * Which local port a module's datagrams leave from.
	 */
	public enum LocalPort implements Labelled {

		FRESH, KEPT

	}

	/**
	 * @return the same with what it lacks from that one
	 */
	ModuleSpec like(ModuleSpec base) {
		boolean own = saysWhatIsSent();
		ModuleSpec layouts = (this.codec != null) ? this : base;
		return new ModuleSpec(null, merged(base.with, this.with), or(this.about, base.about), or(this.port, base.port),
				SettingSpec.merged(base.settings, this.settings), own ? this.codec : base.codec,
				own ? this.send : base.send,
				or(this.answer, layouts.answer), or(this.followUp, layouts.followUp), or(this.pass, base.pass),
				merged(base.names, this.names), or(this.says, base.says), or(this.silence, base.silence),
				or(this.success, base.success), or(this.timeout, base.timeout), or(this.tries, base.tries),
				or(this.again, base.again),
				(this.socket != null && base.socket != null)
						? this.socket.like(base.socket)
						: or(this.socket, base.socket));
	}

	/**
	 * @return whether it does not leave that to the module that it is like
	 */
	boolean saysWhatIsSent() {
		return this.codec != null || this.send != null;
	}

	private static <T> @Nullable T or(@Nullable T own, @Nullable T base) {
		return (own != null) ? own : base;
	}

	private static <T> Map<String, T> merged(@Nullable Map<String, T> base, @Nullable Map<String, T> own) {
		Map<String, T> all = new LinkedHashMap<>();
		all.putAll((base != null) ? base : Map.of());
		all.putAll((own != null) ? own : Map.of());
		return all;
	}

	/**
	 * Without values, of which some are secret.
	 */
	@Override
	public String toString() {
		return "ModuleSpec";
	}

}
