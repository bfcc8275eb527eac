package dev.udpprobe.web;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.exchange.ExchangeOptions.SocketKind;
import dev.udpprobe.monitor.State;
import dev.udpprobe.net.PayloadLimits;
import dev.udpprobe.outcome.Outcome;

/**
 * The fields of requests, each once: reading, messages and the OpenAPI description follow
 * this list.
 */
@SuppressWarnings("ImmutableEnumChecker") // It knows no immutable collections of the JDK.
enum Field {

	MESSAGE("message", FieldValues.STRING, "hello",
			"The text to send. /send takes an empty one too; /ping, /trace and /mtu need none, unless the target answers only messages of its protocol",
			optional(Request.SEND, Request.PING, Request.TRACE, Request.MTU)),

	MESSAGE_HEX("messageHex", FieldValues.STRING, null,
			"The bytes to send, in hexadecimal digits; blanks and colons may stand between bytes. It takes the place of message",
			optional(Request.SEND, Request.PING, Request.TRACE, Request.MTU)),

	MESSAGE_BASE64("messageBase64", FieldValues.STRING, null,
			"The bytes to send, in Base64. It takes the place of message",
			optional(Request.SEND, Request.PING, Request.TRACE, Request.MTU)),

	MODULE("module", FieldValues.STRING, null,
			"What to send and which answers are good: the name of a module, as GET /modules lists them. Its settings stand beside it, as in module.name",
			Map.of(Request.SEND, Use.OPTIONAL, Request.QUERY, Use.OPTIONAL, Request.PING, Use.OPTIONAL, Request.TRACE,
					Use.OPTIONAL, Request.MTU, Use.OPTIONAL, Request.PROBE, Use.forExample("echo"), Request.CHECK,
					Use.forExample("echo"))),

	TARGET("target", FieldValues.STRING, "echo", "A configured name or host:port; a module may know the port",
			optional(Request.SEND, Request.QUERY, Request.PING, Request.TRACE, Request.MTU, Request.PROBE,
					Request.CHECK, Request.EVENTS)),

	TIMEOUT("timeout", FieldValues.STRING, "500ms", "How long to wait for each answer",
			optional(Request.SEND, Request.QUERY, Request.PING, Request.TRACE, Request.MTU, Request.CHECK)),

	SOCKET("socket", FieldValues.of(SocketKind.CONNECTED, SocketKind.UNCONNECTED), SocketKind.CONNECTED.label(),
			"Connected, the socket is told of ICMP errors; unconnected, it takes replies from any address",
			Map.of(Request.SEND, Use.byDefault(SocketKind.CONNECTED.label()), Request.QUERY,
					Use.byDefault(SocketKind.CONNECTED.label()))),

	TTL("ttl", FieldValues.range(1, 255), null, "How many hops it may go: TTL, hop limit",
			optional(Request.SEND, Request.QUERY)),

	DSCP("dscp", FieldValues.range(0, 63), null, "Class of service",
			optional(Request.SEND, Request.QUERY, Request.PING, Request.TRACE, Request.MTU)),

	DONT_FRAGMENT("dontFragment", FieldValues.BOOLEAN, null, "Whether it must arrive whole or not at all",
			optional(Request.SEND, Request.QUERY)),

	SOURCE("source", FieldValues.STRING, null, "The local IP address to send from, for example 127.0.0.1",
			optional(Request.SEND, Request.QUERY, Request.PING, Request.TRACE, Request.MTU)),

	SOURCE_PORT("sourcePort", FieldValues.range(1, 65_535), null,
			"The local port to send from, of a connected socket. A late answer to what was sent from there earlier may count for this",
			optional(Request.SEND, Request.QUERY, Request.PING, Request.TRACE, Request.MTU)),

	MAX_HOPS("maxHops", FieldValues.range(1, 64), null, "How many hops to ask at most",
			Map.of(Request.TRACE, Use.byDefault("30"))),

	MAX_SILENT("maxSilent", FieldValues.range(1, 64), null, "After how many silent hops in a row to give up",
			Map.of(Request.TRACE, Use.byDefault("5"))),

	TRIES("tries", FieldValues.range(1, 10), null,
			"How many datagrams to send: /trace to each hop, /mtu of each length before it counts as lost",
			Map.of(Request.TRACE, Use.byDefault("3"), Request.MTU, Use.byDefault("2"))),

	COUNT("count", FieldValues.range(1, 10_000), null, "How many datagrams to send",
			Map.of(Request.PING, Use.byDefault("4"))),

	INTERVAL("interval", FieldValues.STRING, null, "How long from one datagram to the next: 1ms to 1h",
			Map.of(Request.PING, Use.byDefault("1s"))),

	SIZE("size", FieldValues.range(1, PayloadLimits.MAX_IPV6), null,
			"The length of each payload in bytes, where neither a message nor a module says what to send",
			optional(Request.PING)),

	FRESH("fresh", FieldValues.BOOLEAN, null, "Whether each datagram leaves from a local port of its own",
			Map.of(Request.PING, Use.byDefault("false"))),

	FLOWS("flows", FieldValues.range(1, 256), null, "How many local ports the datagrams leave from, in turn",
			Map.of(Request.PING, Use.byDefault("1"))),

	DEBUG("debug", FieldValues.BOOLEAN, null, "Whether to answer how the probe went, instead of its metrics",
			Map.of(Request.PROBE, Use.byDefault("false"))),

	WATCH("watch", FieldValues.of(Watch.LABELS), null,
			"What to tell of, beside the service as a whole: a page of the list of targets, the target of the field target, or the echo server",
			optional(Request.EVENTS)),

	DATAGRAMS("datagrams", FieldValues.BOOLEAN, null, "Whether to tell the datagrams that left and came",
			Map.of(Request.SEND, Use.byDefault("false"))),

	STATE("state", FieldValues.of(State.values()), null, "Only targets in this state",
			optional(Request.TARGETS, Request.EVENTS)),

	OUTCOME("outcome", FieldValues.of(Outcome.Kind.values()), null, "Only targets whose last round had this outcome",
			optional(Request.TARGETS, Request.EVENTS)),

	MODULE_OF_TARGET("module", FieldValues.STRING, null, "Only targets that are asked by this module",
			optional(Request.TARGETS, Request.DISCOVERY, Request.EVENTS)),

	LABEL_OF_TARGET("label", FieldValues.STRINGS, null,
			"Only targets that have this label, as name=value. Of several, they have them all",
			optional(Request.TARGETS, Request.DISCOVERY, Request.EVENTS)),

	PART_OF_NAME("name", FieldValues.STRING, null, "Only targets whose name or address contains this text",
			optional(Request.TARGETS, Request.EVENTS)),

	SORT("sort", FieldValues.of(TargetSort.LABELS), null,
			"What to sort by; with - in front the other way round. Without it, targets stand as they are configured",
			optional(Request.TARGETS, Request.EVENTS)),

	OFFSET("offset", FieldValues.range(0, 1_000_000), null, "How many to leave out",
			Map.of(Request.PEERS, Use.byDefault("0"), Request.TARGETS, Use.byDefault("0"), Request.EVENTS,
					Use.byDefault("0"))),

	LIMIT("limit", FieldValues.range(1, 10_000), null, "How many to tell at most",
			Map.of(Request.PEERS, Use.byDefault("1000"), Request.TARGETS, Use.byDefault("100"), Request.EVENTS,
					Use.byDefault("50")));

	/**
	 * What has fields.
	 */
	enum Request {

		/** The body of /send, in JSON or as a form. */
		SEND("Send"),

		/** The query of /send where the body is the message, and of /send/lines. */
		QUERY(null),

		PING("PingRequest"),

		TRACE("TraceRequest"),

		MTU("MtuRequest"),

		/** The query of /probe. */
		PROBE(null),

		/** The query of /check. */
		CHECK(null),

		/** The query of /targets. */
		TARGETS(null),

		/** The query of /discovery/targets. */
		DISCOVERY(null),

		/** The query of /events. */
		EVENTS(null),

		/** The query of /peers. */
		PEERS(null);

		private final @Nullable String schema;

		Request(@Nullable String schema) {
			this.schema = schema;
		}

		/**
		 * @return what the OpenAPI description calls the body; null for a query
		 */
		@Nullable
		String schema() {
			return this.schema;
		}

		Stream<Field> fields() {
			return Arrays.stream(Field.values()).filter((field) -> field.isOf(this));
		}

		/**
		 * @return null if there is none of that name
		 */
		@Nullable
		Field field(String label) {
			return fields().filter((field) -> field.label().equals(label)).findFirst().orElse(null);
		}

		/**
		 * @return the names of the fields, in one line
		 */
		String labels() {
			return fields().map(Field::label).collect(Collectors.joining(", "));
		}

	}

	/**
	 * How a request uses a field.
	 *
	 * @param defaultValue the value where the request does not say; null if there is none, or the
	 * configuration or the system has one
	 * @param example a value to begin with, where the field itself has none
	 */
	record Use(@Nullable String defaultValue, @Nullable String example) {

		static final Use OPTIONAL = new Use(null, null);

		static Use byDefault(String value) {
			return new Use(value, null);
		}

		static Use forExample(String value) {
			return new Use(null, value);
		}

	}

	/**
	 * What the names of a module's settings begin with.
	 */
	static final String SETTINGS = "module.";

	/**
	 * Those of which a request has one at the most.
	 */
	static Stream<Field> messages() {
		return Stream.of(MESSAGE, MESSAGE_HEX, MESSAGE_BASE64);
	}

	private final String label;

	private final FieldValues values;

	private final @Nullable String example;

	private final String description;

	private final Map<Request, Use> uses;

	Field(String label, FieldValues values, @Nullable String example, String description, Map<Request, Use> uses) {
		this.label = label;
		this.values = values;
		this.example = example;
		this.description = description;
		this.uses = uses;
	}

	private static Map<Request, Use> optional(Request... requests) {
		return Arrays.stream(requests).collect(Collectors.toUnmodifiableMap((request) -> request, (_) -> Use.OPTIONAL));
	}

	/**
	 * @return the name in JSON, forms and queries
	 */
	String label() {
		return this.label;
	}

	boolean isOf(Request request) {
		return this.uses.containsKey(request);
	}

	FieldValues takes() {
		return this.values;
	}

	@Nullable
	String example() {
		return this.example;
	}

	String description() {
		return this.description;
	}

	/**
	 * @return {@link Use#OPTIONAL} too where the request does not have the field
	 */
	Use use(Request request) {
		return this.uses.getOrDefault(request, Use.OPTIONAL);
	}

}
