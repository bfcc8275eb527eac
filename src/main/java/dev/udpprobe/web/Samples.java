package dev.udpprobe.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.destination.Target;
import dev.udpprobe.exchange.Exchange;
import dev.udpprobe.module.Judgement;
import dev.udpprobe.module.ModuleRequest;
import dev.udpprobe.module.ModuleSpec;
import dev.udpprobe.module.Modules;
import dev.udpprobe.module.ProbeModule;
import dev.udpprobe.net.Addresses;
import dev.udpprobe.net.HostAndPort;
import dev.udpprobe.outcome.IcmpMeaning;
import dev.udpprobe.outcome.IcmpMessage;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;
import dev.udpprobe.path.Hop;
import dev.udpprobe.path.PathMtu;
import dev.udpprobe.path.Trace;
import dev.udpprobe.probe.Probe;
import dev.udpprobe.probe.ProbeHistory;
import dev.udpprobe.probe.ProbeLog;
import dev.udpprobe.probe.SendResult;

/**
 * What may come of requests. The examples of the OpenAPI description are made of it by what makes the answers, so they are
 * possible. The far target is an echo server behind three routers, of which the last one has a narrow network behind it.
 */
final class Samples {

	/** Of a probe. */
	static final String ID = "17";

	/** Of a target that is always there. */
	static final String NAME = "echo";

	private static final String MESSAGE = "hello";

	private static final byte[] REPLY = ("Hi, " + MESSAGE).getBytes(StandardCharsets.UTF_8);

	private static final Target ECHO = new Target(NAME, () -> HostAndPort.of("127.0.0.1:7007"), null);

	private static final Target FAR = Target.adHoc(HostAndPort.of("10.0.3.9:7007"));

	private static final List<InetAddress> ROUTERS = Stream.of("10.0.0.1", "10.0.1.1", "10.0.2.1")
			.map(Samples::address)
			.toList();

	private static final Duration TIMEOUT = Duration.ofSeconds(1);

	private static final int NARROW = 1_400;

	private static final int IP_AND_UDP = 28;

	/** It fills the frames of an Ethernet. */
	private static final int LONG_MESSAGE = 1_472;

	private static final int TRIES = 3;

	/** Of a datagram of a trace, with the echo server's greeting. */
	private static final int TRACE_REPLY = 44;

	private Samples() {}

	static SendResult replied() {
		return sent(ECHO, MESSAGE.length(), new Outcome.Replied(REPLY, near()));
	}

	static SendResult refused() {
		Target closed = Target.adHoc(HostAndPort.of("127.0.0.1:9"));
		return sent(closed, MESSAGE.length(), new Outcome.Refused(
				icmp(3, 3, address("127.0.0.1")), near()));
	}

	static SendResult unreachable() {
		return sent(FAR, MESSAGE.length(), unreachableOutcome());
	}

	static SendResult expired() {
		return sent(FAR, MESSAGE.length(), new Outcome.Expired(icmp(11, 0, ROUTERS.getFirst()), far(1)));
	}

	static SendResult misaddressed() {
		return sent(FAR, MESSAGE.length(),
				new Outcome.Misaddressed(new InetSocketAddress(address("10.0.3.10"), 7_007), REPLY, far(4)));
	}

	static SendResult mismatched() {
		return new SendResult(ECHO, TIMEOUT, new Exchange(remote(ECHO), local(ECHO), 1, MESSAGE.length(), List.of(), 1,
				new Outcome.Mismatched(REPLY, near(), null)));
	}

	static SendResult tooBig() {
		return sent(FAR, LONG_MESSAGE, new Outcome.TooBig("the path takes packets of at most 1,400 bytes", NARROW,
				icmp(3, 4, ROUTERS.getLast()), far(3)));
	}

	static SendResult notSent() {
		return new SendResult(ECHO, TIMEOUT, Exchange.unsent(remote(ECHO),
				new Outcome.NotSent("that source address is not one of this host")));
	}

	static SendResult unresolved() {
		return new SendResult(Target.adHoc(HostAndPort.of("nobody.example:7007")), TIMEOUT,
				Exchange.unsent(null, new Outcome.Unresolved("'nobody.example' has no address", false)));
	}

	static SendResult timedOut() {
		return sent(FAR, MESSAGE.length(), new Outcome.TimedOut());
	}

	static SendResult pathUnreachable() {
		return ended(TIMEOUT, unreachableOutcome());
	}

	/**
	 * After two tries with the longest datagram and two with the shortest.
	 */
	static SendResult pathTimedOut() {
		return ended(TIMEOUT.multipliedBy(4), new Outcome.TimedOut());
	}

	static List<HopView> hops() {
		Stream<Hop> routers = Stream.iterate(1, (number) -> number + 1).limit(ROUTERS.size()).map((number) -> {
			InetAddress router = ROUTERS.get(number - 1);
			return hop(number, router, new Outcome.Expired(icmp(11, 0, router), far(number)));
		});
		int last = ROUTERS.size() + 1;
		return Stream.concat(routers, Stream.of(hop(last, remote(FAR).getAddress(), traceReply())))
				.map(HopView::of)
				.toList();
	}

	static TraceEndView traceEnd() {
		return TraceEndView.of(ended(TIMEOUT, traceReply()),
				new Trace.End(traceReply(), ROUTERS.size() + 1, Trace.Why.PATH));
	}

	static MtuView mtu() {
		Outcome outcome = new Outcome.Replied(new byte[0], NARROW - IP_AND_UDP, far(4), null);
		return MtuView.of(ended(TIMEOUT, outcome), new PathMtu(outcome, NARROW - IP_AND_UDP, NARROW,
				PathMtu.Evidence.ICMP, ROUTERS.getLast(), TIMEOUT));
	}

	static List<PeersController.PeerView> peers() {
		return List.of(new PeersController.PeerView("127.0.0.1:49152", 3, 17, Instant.parse("2030-01-02T03:04:05.678Z"),
				Instant.parse("2030-01-02T03:04:09.012Z")));
	}

	static List<ModulesController.ModuleView> modules() {
		return List.of(new ModulesController.ModuleView("dns", "Asks a DNS server for records (RFC 1035)", 53,
				List.of(new ModulesController.SettingView("name", "the name to ask for", ".", "text", false),
						new ModulesController.SettingView("type", "the type of records", "SOA", "text", false)),
				List.of("rcode", "answers"), "the server does not serve this client",
				"curl -d module=dns -d target=127.0.0.1 localhost:8080/send"));
	}

	/**
	 * By a module.
	 */
	static SendResult alive() {
		return judged(replied(), new Judgement(true, null, new LinkedHashMap<>(), REPLY.length + " bytes"));
	}

	static SendResult dead() {
		return judged(refused(), ModuleRequest.unsent());
	}

	private static SendResult judged(SendResult result, Judgement judgement) {
		ModuleSpec spec = new ModuleSpec(null, null, null, null,
				Map.of("message", new ModuleSpec.SettingSpec("what to send", MESSAGE, null, null)), null, "{message}",
				null,
				null, null, null, null, null, null, null, null, null, null);
		ProbeModule any = Objects.requireNonNull(new Modules(Map.of("any", spec), TIMEOUT).find("any"));
		return new SendResult(result.target(), result.timeout(), result.exchange(),
				new SendResult.Judged(any.request(Map.of(), Map.of(), null), judgement, 1));
	}

	static List<ProbesController.ProbeView> probes() {
		return List.of(ProbesController.ProbeView.of(probe()));
	}

	static ProbesController.LoggedView loggedProbe() {
		return ProbesController.LoggedView.of(probe());
	}

	private static ProbeHistory.Numbered probe() {
		return new ProbeHistory.Numbered(Long.parseLong(ID),
				new Probe("echo", Instant.parse("2030-01-02T03:04:05.678Z"),
						Duration.ofNanos(412_870), TIMEOUT, alive(), new ProbeLog()));
	}

	private static SendResult sent(Target target, int bytes, Outcome outcome) {
		return new SendResult(target, TIMEOUT,
				new Exchange(remote(target), local(target), 1, bytes, List.of(), 0, outcome));
	}

	/**
	 * What a path says at its end.
	 */
	private static SendResult ended(Duration time, Outcome outcome) {
		return new SendResult(FAR, time, Exchange.ended(remote(FAR), local(FAR), outcome));
	}

	private static Outcome unreachableOutcome() {
		IcmpMessage icmp = icmp(3, 1, ROUTERS.getLast());
		return new Outcome.Unreachable(icmp.meaning().label().replace('-', ' '), icmp, far(3));
	}

	private static Outcome.Replied traceReply() {
		return new Outcome.Replied(new byte[0], TRACE_REPLY, far(4), null);
	}

	private static Hop hop(int number, InetAddress reporter, Outcome outcome) {
		List<RoundTrip> times = LongStream.range(0, TRIES)
				.mapToObj((i) -> trip(number * 210_457L - i * 3_457))
				.toList();
		return new Hop(number, TRIES, List.of(reporter), times, outcome);
	}

	private static IcmpMessage icmp(int type, int code, @Nullable InetAddress reporter) {
		return new IcmpMessage(type, code, IcmpMeaning.of(false, type, code), reporter);
	}

	private static RoundTrip near() {
		return trip(41_287);
	}

	private static RoundTrip far(int hops) {
		return trip(hops * 210_457L);
	}

	private static RoundTrip trip(long nanos) {
		return new RoundTrip(nanos, RoundTrip.Clock.KERNEL, nanos + 63_105);
	}

	private static InetSocketAddress remote(Target target) {
		return new InetSocketAddress(address(target.address().host()), target.address().port());
	}

	private static InetSocketAddress local(Target target) {
		return new InetSocketAddress(address(target.address().host().startsWith("127.") ? "127.0.0.1" : "10.0.0.2"),
				49_152);
	}

	private static InetAddress address(String literal) {
		return Addresses.literal(literal).orElseThrow();
	}

}
