package dev.udpprobe.destination;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class ResolverTests {

	private static final Duration LONG = Duration.ofDays(1);

	private static final Duration SHORT = Duration.ofMillis(20);

	private final Names names = new Names();

	private Resolver resolver = resolver(LONG, LONG);

	private Resolver resolver(Duration ttl, Duration failureTtl, String... configured) {
		return new Resolver(Set.of(configured), ttl, failureTtl, this.names);
	}

	@AfterEach
	void close() {
		this.names.release();
		this.resolver.close();
	}

	private List<CompletableFuture<List<InetAddress>>> resolve(int count, IntFunction<String> name) {
		return IntStream.range(0, count).mapToObj(name).map((text) -> this.resolver.resolve(text)).toList();
	}

	private static InetAddress get(CompletableFuture<List<InetAddress>> answer) throws Exception {
		return answer.get(20, TimeUnit.SECONDS).getFirst();
	}

	private static AbstractStringAssert<?> assertFails(CompletableFuture<List<InetAddress>> answer) {
		return assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> get(answer))
				.havingCause()
				.isInstanceOf(UnknownHostException.class)
				.extracting(Throwable::getMessage, InstanceOfAssertFactories.STRING);
	}

	@Test
	void asksTheOperatingSystem() throws Exception {
		try (Resolver system = new Resolver(Set.of(), Duration.ZERO, Duration.ZERO)) {
			assertThat(get(system.resolve("localhost")).isLoopbackAddress()).isTrue();
			assertFails(system.resolve("x.invalid")).isEqualTo("'x.invalid' has no address");
		}
	}

	@Test
	void aLookUpThatCannotBeginFails() {
		this.resolver.close();
		assertFails(this.resolver.resolve("a.example"))
				.isEqualTo("'a.example' was not looked up: the service stops");
	}

	@Test
	void strangersNamesThatHangLeaveConfiguredOnesAlone() throws Exception {
		this.resolver = resolver(LONG, LONG, "a.example");
		resolve(1_000, "slow%d.example"::formatted);
		assertThat(get(this.resolver.resolve("a.example"))).isEqualTo(Names.ADDRESS);
	}

	@Test
	void aStrangersHonestNameDoesNotWaitForAHundredThatHang() throws Exception {
		resolve(100, "slow%d.example"::formatted);
		assertThat(get(this.resolver.resolve("a.example"))).isEqualTo(Names.ADDRESS);
	}

	@Test
	void takesTenThousandConfiguredNamesAtOnce() throws Exception {
		this.resolver = resolver(LONG, LONG,
				IntStream.range(0, 10_000).mapToObj("slow%d.example"::formatted).toArray(String[]::new));
		List<CompletableFuture<List<InetAddress>>> answers = resolve(10_000, "slow%d.example"::formatted);
		assertThat(answers).noneMatch(CompletableFuture::isDone);
		this.names.release();
		for (CompletableFuture<List<InetAddress>> answer : answers) {
			assertThat(get(answer)).isEqualTo(Names.ADDRESS);
		}
		assertThat(this.names.asked()).hasSize(10_000).doesNotHaveDuplicates();
	}

	@Test
	void aNameIsLookedUpOnceHoweverManyAsk() throws Exception {
		List<CompletableFuture<List<InetAddress>>> answers = Stream.generate(() -> "slow.example").limit(10_000)
				.parallel()
				.map((name) -> this.resolver.resolve(name))
				.collect(Collectors.toList());
		this.names.release();
		for (CompletableFuture<List<InetAddress>> answer : answers) {
			assertThat(get(answer)).isEqualTo(Names.ADDRESS);
		}
		assertThat(this.names.asked()).containsExactly("slow.example");
	}

	@Test
	void whoGivesUpLeavesTheLookUpToTheOthersAndItsAnswerToTheNext() throws Exception {
		CompletableFuture<List<InetAddress>> patient = this.resolver.resolve("slow.example");
		CompletableFuture<List<InetAddress>> impatient = this.resolver.resolve("slow.example")
				.orTimeout(1, TimeUnit.MILLISECONDS);
		this.resolver.resolve("slow.other").cancel(false);
		await().until(impatient::isCompletedExceptionally);
		this.names.release();
		assertThat(get(patient)).isEqualTo(Names.ADDRESS);
		await().until(() -> this.resolver.resolve("slow.other").isDone());
		assertThat(this.names.asked()).containsExactlyInAnyOrder("slow.example", "slow.other");
	}

	@Test
	void aLookUpThatNobodyWaitsForAnyMoreIsNotBegun() throws Exception {
		resolve(128, "slow%d.example"::formatted);
		await().until(() -> this.names.asked().size() == 128);
		this.resolver.resolve("left.example").cancel(false);
		this.resolver.resolve("asked.example").cancel(false);
		this.resolver.resolve("half.example").cancel(false);
		CompletableFuture<List<InetAddress>> half = this.resolver.resolve("half.example");
		CompletableFuture<List<InetAddress>> asked = this.resolver.resolve("asked.example");
		this.names.release();
		assertThat(List.of(get(half), get(asked))).containsOnly(Names.ADDRESS);
		assertThat(this.names.asked()).hasSize(130).doesNotContain("left.example");
	}

	@Test
	void whoGivesUpOnAConfiguredNameBeforeItsTurnIsToldSoAndItsTurnComes() {
		this.resolver = resolver(LONG, LONG, Stream
				.concat(Stream.of("a.example"), IntStream.range(0, 32).mapToObj("slow%d.example"::formatted))
				.toArray(String[]::new));
		resolve(32, "slow%d.example"::formatted);
		await().until(() -> this.names.asked().size() == 32);
		assertFails(this.resolver.resolve("a.example").orTimeout(1, TimeUnit.MILLISECONDS))
				.isEqualTo("'a.example' was not looked up: other names are looked up, and it was not its turn");
		this.names.release();
		await().until(() -> this.names.asked().contains("a.example"));
		assertThat(this.names.asked()).containsOnlyOnce("a.example");
	}

	@Test
	void namesThatAreConfiguredNoMoreAreInNobodysWay() throws Exception {
		String[] former = IntStream.range(0, 50).mapToObj("slow%d.example"::formatted).toArray(String[]::new);
		this.resolver = resolver(LONG, LONG, former);
		List<CompletableFuture<List<InetAddress>>> waiting = resolve(50, "slow%d.example"::formatted);
		await().until(() -> this.names.asked().size() == 32);
		this.resolver.configure(Set.of("a.example", "b.example"));
		assertFails(waiting.getLast())
				.isEqualTo("'slow49.example' was not looked up: it is in the configuration no more");
		List<CompletableFuture<List<InetAddress>>> answers = List.of(this.resolver.resolve("a.example"),
				this.resolver.resolve("b.example"));
		this.names.release();
		for (CompletableFuture<List<InetAddress>> answer : answers) {
			assertThat(get(answer)).isEqualTo(Names.ADDRESS);
		}
		assertThat(this.names.asked()).hasSize(34);
	}

	@Test
	void oneOfTwoWhoLeavesDoesNotTakeTheLookUpAway() throws Exception {
		resolve(128, "slow%d.example"::formatted);
		CompletableFuture<List<InetAddress>> stays = this.resolver.resolve("a.example");
		this.resolver.resolve("a.example").cancel(false);
		this.names.release();
		assertThat(get(stays)).isEqualTo(Names.ADDRESS);
	}

	@Test
	void strangersNamesAreBounded() throws Exception {
		List<CompletableFuture<List<InetAddress>>> waiting = resolve(4_096, "slow%d.example"::formatted);
		assertThat(waiting).noneMatch(CompletableFuture::isDone);
		assertFails(this.resolver.resolve("a.example"))
				.isEqualTo("'a.example' was not looked up: too many names are waiting");
		waiting.getLast().cancel(false);
		CompletableFuture<List<InetAddress>> instead = this.resolver.resolve("a.example");
		this.names.release();
		assertThat(get(instead)).isEqualTo(Names.ADDRESS);
		get(waiting.getFirst());
		assertThat(get(this.resolver.resolve("b.example"))).as("instead of the eldest answer").isEqualTo(Names.ADDRESS);
	}

	@ParameterizedTest
	@ValueSource(strings = {"a.example", "a.invalid"})
	void anAnswerIsKeptForItsTime(String name) {
		await().until(() -> this.resolver.resolve(name).isDone());
		CompletableFuture<List<InetAddress>> known = this.resolver.resolve(name);
		assertThat(this.resolver.resolve(name)).isSameAs(known);
		assertThat(this.names.asked()).containsExactly(name);
	}

	@Test
	void anAddressAndAFailureHaveTimesOfTheirOwn() {
		for (String name : List.of("a.example", "a.invalid")) {
			boolean fails = name.endsWith(".invalid");
			this.names.asked().clear();
			try (Resolver forgets = resolver(fails ? LONG : SHORT, fails ? SHORT : LONG)) {
				await().until(() -> {
					var _ = forgets.resolve(name);
					return this.names.asked().size() > 2;
				});
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"a.example", "a.invalid"})
	void noTimeMeansThatNothingIsKept(String name) {
		this.resolver = resolver(Duration.ZERO, Duration.ZERO);
		for (int i = 1; i <= 3; i++) {
			CompletableFuture<List<InetAddress>> answer = this.resolver.resolve(name);
			await().until(answer::isDone);
			assertThat(this.names.asked()).hasSize(i);
		}
	}

	@Test
	void aMappedAddressIsItsIPv4Address() throws Exception {
		InetAddress mapped = Inet6Address.getByAddress(null,
				new byte[]{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) 192, 0, 2, 1}, -1);
		try (Resolver mapping = new Resolver(Set.of(), LONG, LONG, (_) -> List.of(mapped))) {
			assertThat(get(mapping.resolve("a.example"))).isEqualTo(Names.ADDRESS);
		}
	}

	@Test
	void ofManyAddressesTheFirstOfEachFamilyIsKept() throws Exception {
		List<InetAddress> many = Stream.of("2001:db8::1", "2001:db8::2", "192.0.2.7", "192.0.2.8")
				.map(InetAddress::ofLiteral)
				.toList();
		try (Resolver both = new Resolver(Set.of(), LONG, LONG, (_) -> many)) {
			assertThat(both.resolve("a.example").get(20, TimeUnit.SECONDS)).containsExactly(many.get(0), many.get(2));
		}
	}

	@Test
	void anErrorOfTheSystemIsAFailureToo() {
		try (Resolver broken = new Resolver(Set.of(), LONG, LONG, (_) -> {
			throw new IllegalStateException("broken");
		})) {
			assertFails(broken.resolve("a.example")).contains("'a.example'", "broken");
		}
	}

}
