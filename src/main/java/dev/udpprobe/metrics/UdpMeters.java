package dev.udpprobe.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;

/**
 * The catalogue of meters. Labels come from configuration only, never from what a peer or a
 * request says.
 */
public enum UdpMeters implements MeterDocumentation {

	ECHO_LISTENING("udp.echo.listening", Meter.Type.GAUGE,
			"Whether the echo server receives datagrams and can reply: 1 or 0"),

	ECHO_DATAGRAMS_RECEIVED("udp.echo.datagrams.received", Meter.Type.COUNTER,
			"Datagrams read from the echo server's socket"),

	ECHO_BYTES_RECEIVED("udp.echo.bytes.received", Meter.Type.COUNTER, "Payload bytes in them"),

	ECHO_DATAGRAMS_SENT("udp.echo.datagrams.sent", Meter.Type.COUNTER, "Replies handed to the kernel"),

	ECHO_BYTES_SENT("udp.echo.bytes.sent", Meter.Type.COUNTER, "Payload bytes in them"),

	ECHO_DATAGRAMS_DROPPED("udp.echo.datagrams.dropped", Meter.Type.COUNTER,
			"Datagrams received and not answered, by reason"),

	ECHO_KERNEL_DROPS("udp.echo.kernel.drops", Meter.Type.COUNTER,
			"Datagrams that the kernel dropped before they could be read (receive buffer full)"),

	ECHO_FAREWELLS("udp.echo.farewells", Meter.Type.COUNTER, "Datagrams that said the farewell"),

	ECHO_REFUSED("udp.echo.refused", Meter.Type.COUNTER,
			"Exclusive mode: replies that the peer's host refused, proven or followed by silence"),

	ECHO_SESSIONS("udp.echo.sessions", Meter.Type.GAUGE, "Sessions now"),

	ECHO_SESSIONS_ENDED("udp.echo.sessions.ended", Meter.Type.COUNTER, "Sessions that have ended, by cause"),

	CLIENT_ALIVE("udp.client.alive", Meter.Type.GAUGE, "Whether all threads of the client work: 1 or 0"),

	CLIENT_DATAGRAMS_SENT("udp.client.datagrams.sent", Meter.Type.COUNTER, "Datagrams handed to the kernel"),

	CLIENT_DATAGRAMS_RECEIVED("udp.client.datagrams.received", Meter.Type.COUNTER, "Datagrams that came back"),

	CLIENT_REFUSED("udp.client.refused", Meter.Type.COUNTER, "Refusals: the connection-refused errors"),

	CLIENT_ICMP_ERRORS("udp.client.icmp.errors", Meter.Type.COUNTER, "ICMP errors that came back, by type and code"),

	CLIENT_EXCHANGES("udp.client.exchanges", Meter.Type.COUNTER, "Exchanges, by outcome"),

	CLIENT_IN_FLIGHT("udp.client.exchanges.in.flight", Meter.Type.GAUGE, "Exchanges that wait for their outcome now"),

	CLIENT_ROUND_TRIP("udp.client.round.trip", Meter.Type.TIMER, "Round trips of the exchanges that were replied to"),

	PROBES("udp.probe.probes", Meter.Type.COUNTER, "Probes of /probe and /check, by module, outcome and verdict"),

	PROBE_UNKNOWN_MODULE("udp.probe.module.unknown", Meter.Type.COUNTER,
			"Requests of /probe and /check for a module that there is not"),

	RELOAD_SUCCESSFUL("udp.probe.config.last.reload.successful", Meter.Type.GAUGE,
			"Whether nothing was wrong with the files of modules when they were read last: 1 or 0"),

	RELOAD_TIME("udp.probe.config.last.reload.success.timestamp.seconds", Meter.Type.GAUGE,
			"When nothing was wrong with them for the last time, in seconds since 1970"),

	MONITOR_ROUNDS("udp.monitor.rounds", Meter.Type.COUNTER, "Rounds of the monitor, by whether they began in time"),

	/** A histogram; none of Micrometer's meters is one alone. */
	MONITOR_LATENESS("udp.monitor.lateness.seconds", Meter.Type.OTHER, "How late rounds of the monitor began"),

	MONITOR_TARGETS("udp.monitor.targets", Meter.Type.GAUGE, "Targets of the monitor, by state"),

	MONITOR_FILES_WRONG("udp.monitor.target.files.wrong", Meter.Type.GAUGE,
			"Files of targets that cannot be read now, or of which a target is left out"),

	MONITOR_FILES_TIME("udp.monitor.target.files.last.reload.success.timestamp.seconds", Meter.Type.GAUGE,
			"When nothing was wrong with the files of targets for the last time, in seconds since 1970"),

	TARGET_UP("udp.target.up", Meter.Type.GAUGE, "Whether the target is up: 1 or 0"),

	TARGET_ROUNDS("udp.target.rounds", Meter.Type.COUNTER, "Rounds with the target, by outcome"),

	TARGET_FAILED_ROUNDS("udp.target.failed.rounds", Meter.Type.COUNTER, "Rounds that failed, whatever their outcome"),

	/** Without quantiles. */
	TARGET_ROUND_TRIP("udp.target.round.trip.seconds", Meter.Type.DISTRIBUTION_SUMMARY,
			"Round trips of the rounds that were replied to"),

	TARGET_LOSS("udp.target.loss.ratio", Meter.Type.GAUGE,
			"The part of the rounds of the last ten minutes that were not replied to: 0 to 1"),

	TARGET_LAST_ROUND("udp.target.last.round.timestamp.seconds", Meter.Type.GAUGE,
			"When the last round began that has ended, in seconds since 1970"),

	TARGET_LAST_CHANGE("udp.target.last.change.timestamp.seconds", Meter.Type.GAUGE,
			"When the target went up or down last, in seconds since 1970"),

	TARGET_ADDRESS_CHANGES("udp.target.address.changes", Meter.Type.COUNTER,
			"How often the name of the target came to have another address"),

	TARGET_FLAPPING("udp.target.flapping", Meter.Type.GAUGE, "1 while the target goes up and down all the time"),

	TARGET_INFO("udp.target.info", Meter.Type.GAUGE, "1, with what is configured of the target as labels");

	/** Why a datagram was dropped. */
	static final String REASON = "reason";

	/** Why a session ended. */
	static final String CAUSE = "cause";

	/** The configured name of a target, or ad-hoc. */
	static final String TARGET = "target";

	/** The type of an ICMP error, under one name for both families. */
	static final String TYPE = "type";

	/** What its code means. */
	static final String CODE = "code";

	/** The name of a configured module. */
	static final String MODULE = "module";

	/** Whether what came is good: pass or fail. */
	static final String VERDICT = "verdict";

	/** What came of an exchange. */
	static final String OUTCOME = "outcome";

	/** Whether a round began in time. */
	static final String RESULT = "result";

	/** What the monitor holds of a target. */
	static final String STATE = "state";

	/** The configured host and port of a target. */
	static final String ADDRESS = "address";

	private final String name;

	private final Meter.Type type;

	private final String description;

	UdpMeters(String name, Meter.Type type, String description) {
		this.name = name;
		this.type = type;
		this.description = description;
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public Meter.Type getType() {
		return this.type;
	}

	/**
	 * @return one line on what it means
	 */
	public String description() {
		return this.description;
	}

}
