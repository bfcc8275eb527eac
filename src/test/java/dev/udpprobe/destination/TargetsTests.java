package dev.udpprobe.destination;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.net.HostAndPort;
import dev.udpprobe.net.IpVersion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class TargetsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final Names names = new Names();

	private final Resolver resolver = new Resolver(Set.of(), Duration.ofDays(1), Duration.ofDays(1), this.names);

	@AfterEach
	void close() {
		this.names.release();
		this.resolver.close();
	}

	private static Target named(String name, String address) {
		HostAndPort where = HostAndPort.of(address);
		return new Target(name, () -> where, null);
	}

	private Targets targets(List<Target> named, @Nullable String byDefault, String... rules) {
		return new Targets(named, byDefault,
				new TargetPolicy(Stream.of(rules).map(TargetRule::of).toList(), (_) -> false),
				this.resolver);
	}

	private static Destination get(CompletableFuture<Destination> destination) throws Exception {
		return destination.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
	}

	private static Throwable failure(CompletableFuture<Destination> destination) {
		await().until(destination::isDone);
		return destination.exceptionNow();
	}

	@Test
	void aNamedTargetIsOneObjectAndAnAdHocOneNot() throws Exception {
		Target dns = named("dns", "dns.example:53");
		Targets targets = targets(List.of(dns), "dns", "192.0.2.0/24:53");
		assertThat(targets.all()).containsExactly(dns);
		assertThat(get(find(targets, "dns", TIMEOUT)))
				.isEqualTo(new Destination(dns, new InetSocketAddress(Names.ADDRESS, 53)));
		assertThat(get(find(targets, null, TIMEOUT)).target()).isSameAs(dns);
		Target adHoc = get(find(targets, "dns.example:53", TIMEOUT)).target();
		assertThat(adHoc).isNotSameAs(dns).extracting(Target::name).isEqualTo(Target.AD_HOC);
	}

	@ParameterizedTest
	@ValueSource(strings = {"192.0.2.1:53", "[::ffff:192.0.2.1]:53", "literal"})
	void aLiteralIsCompleteAlreadyAndNotLookedUp(String target) throws Exception {
		this.resolver.close();
		Targets targets = targets(List.of(named("literal", "192.0.2.1:53")), null, "192.0.2.1:53");
		CompletableFuture<Destination> destination = find(targets, target, Duration.ofNanos(1));
		assertThat(destination).isDone();
		assertThat(get(destination).address()).isEqualTo(new InetSocketAddress(Names.ADDRESS, 53));
		assertThat(this.names.asked()).isEmpty();
	}

	@Test
	void aNameWhoseAnswerIsKnownIsCompleteAlready() throws Exception {
		Targets targets = targets(List.of(), null, "a.example:53");
		get(find(targets, "a.example:53", TIMEOUT));
		assertThat(find(targets, "a.example:53", Duration.ofNanos(1))).isCompleted();
	}

	@Test
	void configuredTargetsStayAsOthersComeAndGo() {
		Target dns = named("dns", "192.0.2.1:53");
		Targets targets = targets(List.of(dns), null, "192.0.2.1:53");
		targets.replace(List.of(dns, named("other", "192.0.2.2:53")), new TargetPolicy(List.of(), (_) -> false));
		assertThat(targets.all()).hasSize(2);
		assertThat(targets.configured()).containsExactly(dns);
	}

	@Test
	void whatDoesNotResolveSaysWhyAndOfWhom() {
		Target slow = named("late", "slow.example:53");
		Targets targets = targets(List.of(slow, named("none", "a.invalid:53")), null);
		// A look-up that has not begun in time would be another reason.
		var _ = find(targets, "late", TIMEOUT);
		await().until(() -> this.names.asked().contains("slow.example"));
		assertThat(failure(find(targets, "late", Duration.ofMillis(200))))
				.isInstanceOfSatisfying(UnresolvedException.class, (ex) -> {
					assertThat(ex).hasMessage("the name servers did not answer for 'slow.example' in time");
					assertThat(ex.target()).isSameAs(slow);
				});
		assertThat(failure(find(targets, "none", TIMEOUT))).isInstanceOf(UnresolvedException.class)
				.hasMessage("'a.invalid' has no address");
	}

	@ParameterizedTest
	@ValueSource(strings = {"192.0.2.1:54", "a.example:54", "there"})
	void whatThePolicyDoesNotAllowIsForbidden(String target) {
		Targets targets = targets(List.of(named("there", "192.0.2.1:54")), null, "192.0.2.1:53");
		assertThat(failure(find(targets, target, TIMEOUT)))
				.isInstanceOf(ForbiddenTargetException.class)
				.hasMessageContainingAll(":54 (192.0.2.1)", "udp-probe.client.allowed-targets");
	}

	@Test
	void aRequestForNoTargetIsWrongAtOnce() {
		Targets targets = targets(IntStream.range(0, 30).mapToObj((i) -> named("t" + i, "a.example:53")).toList(),
				null);
		assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> find(targets, "t30", TIMEOUT))
				.withMessageContainingAll("'t30'", "a configured name (t0, t1,", "t19, ...)", HostAndPort.TAKES);
		assertThatExceptionOfType(BadRequestException.class)
				.isThrownBy(() -> find(targets, null, TIMEOUT))
				.withMessageContaining("there is no default target");
	}

	@Test
	void aTargetWhosePortChangesIsJudgedAnew() throws Exception {
		AtomicInteger port = new AtomicInteger(53);
		Target echo = new Target(Targets.ECHO, () -> new HostAndPort("192.0.2.1", port.get()), null);
		Targets targets = targets(List.of(echo), Targets.ECHO, "192.0.2.1:53");
		assertThat(get(find(targets, Targets.ECHO, TIMEOUT)).address().getPort()).isEqualTo(53);
		port.set(54);
		assertThat(failure(find(targets, Targets.ECHO, TIMEOUT))).isInstanceOf(ForbiddenTargetException.class);
		port.set(53);
		assertThat(get(find(targets, Targets.ECHO, TIMEOUT)).target()).isSameAs(echo);
	}

	@Test
	void tenThousandTargetsAreAllowedByDefaultEachOnItsPort() throws Exception {
		Map<String, Target> named = IntStream.range(0, 10_000)
				.mapToObj((i) -> named("t" + i, ((i % 2 == 0) ? "h%d.example:%d" : "10.1.%3$d.%4$d:%2$d").formatted(i,
						1 + i, i / 256, i % 256)))
				.collect(Collectors.toMap(Target::name, Function.identity()));
		List<HostAndPort> addresses = named.values().stream().map(Target::address).toList();
		Targets targets = new Targets(List.copyOf(named.values()), null,
				TargetPolicy.byDefault(List.of(), addresses, (_) -> false),
				this.resolver);
		for (Target target : named.values()) {
			Destination destination = get(find(targets, target.name(), TIMEOUT));
			assertThat(destination.target()).isSameAs(target);
			assertThat(destination.address().getPort()).isEqualTo(target.address().port());
			String neighbour = target.address().host() + ":" + (target.address().port() + 1);
			assertThat(find(targets, neighbour, TIMEOUT).exceptionNow())
					.isInstanceOf(ForbiddenTargetException.class);
		}
	}

	/**
	 * But for a name that has a rule of its own, of which all may be known.
	 */
	@Test
	void whereThatIsDiscreetANameThatMayNotBeSentToIsLikeOneThatDoesNotExist() throws Exception {
		Targets targets = new Targets(List.of(), "default.invalid:53", new TargetPolicy(
				Stream.of("named.invalid:53", "192.0.2.0/24:54").map(TargetRule::of).toList(), (_) -> false),
				this.resolver, () -> true);
		for (String name : List.of("inside.example:53", "nobody.invalid:53", "192.0.2.1:53")) {
			assertThat(failure(find(targets, name, TIMEOUT))).isInstanceOf(ForbiddenTargetException.class)
					.hasMessage("the policy allows no datagrams to " + name);
		}
		assertThat(failure(find(targets, "slow.example:53", Duration.ofMillis(1))))
				.isInstanceOf(ForbiddenTargetException.class);
		assertThat(failure(find(targets, "named.invalid:53", TIMEOUT))).isInstanceOf(UnresolvedException.class);
		assertThat(failure(find(targets, null, TIMEOUT))).isInstanceOf(UnresolvedException.class);
		assertThat(get(find(targets, "inside.example:54", TIMEOUT)).address().getPort()).isEqualTo(54);
	}

	@Test
	void noThreadIsHeldWhileNamesAreLookedUp() {
		Targets targets = targets(List.of(), null, "192.0.2.1:53");
		List<CompletableFuture<Destination>> waiting = IntStream.range(0, 1_000)
				.mapToObj((i) -> find(targets, "slow%d.example:53".formatted(i), TIMEOUT))
				.toList();
		assertThat(waiting).noneMatch(CompletableFuture::isDone);
		this.names.release();
		await().until(() -> waiting.stream().allMatch(CompletableFuture::isDone));
		assertThat(waiting).noneMatch(CompletableFuture::isCompletedExceptionally);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			ANY,         2001:db8::1 192.0.2.7, 2001:db8::1
			ANY,         192.0.2.7 2001:db8::1, 192.0.2.7
			PREFER_IPV4, 2001:db8::1 192.0.2.7, 192.0.2.7
			PREFER_IPV4, 2001:db8::1,           2001:db8::1
			PREFER_IPV6, 192.0.2.7 2001:db8::1, 2001:db8::1
			PREFER_IPV6, 192.0.2.7,             192.0.2.7
			IPV4,        2001:db8::1 192.0.2.7, 192.0.2.7
			IPV4,        2001:db8::1,
			IPV6,        192.0.2.7,
			""")
	void theAddressIsOfTheVersionThatIsWanted(IpVersion version, String addresses, @Nullable String wanted)
			throws Exception {
		List<InetAddress> found = Stream.of(addresses.split(" ")).map(InetAddress::ofLiteral).toList();
		TargetPolicy policy = new TargetPolicy(List.of(TargetRule.of("a.example:53")), (_) -> false);
		try (Resolver resolver = new Resolver(Set.of(), TIMEOUT, TIMEOUT, (_) -> found)) {
			Targets targets = new Targets(List.of(), null, policy, resolver);
			CompletableFuture<Destination> destination = targets.destination(targets.target("a.example:53", 0), TIMEOUT,
					version);
			if (wanted != null) {
				assertThat(get(destination).address().getAddress()).isEqualTo(InetAddress.ofLiteral(wanted));
			}
			else {
				assertThat(failure(destination)).isInstanceOf(UnresolvedException.class)
						.hasMessage("'a.example' has no address of " + version.label().replace("ipv", "IPv"));
			}
		}
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			192.0.2.1,   192.0.2.1:53
			2001:db8::1, [2001:db8::1]:53
			[2001:db8::1], [2001:db8::1]:53
			[2001:db8::1]:5, [2001:db8::1]:5
			a.example,   a.example:53
			a.example:5, a.example:5
			""")
	void aTargetWithoutAPortHasThatOfTheModule(String text, String address) {
		Targets targets = new Targets(List.of(), null, new TargetPolicy(List.of(), (_) -> false), this.resolver);
		assertThat(targets.target(text, 53).address()).hasToString(address);
	}

	private static CompletableFuture<Destination> find(Targets targets, @Nullable String target, Duration timeout) {
		return targets.destination(targets.target(target, 0), timeout, IpVersion.ANY);
	}

}
