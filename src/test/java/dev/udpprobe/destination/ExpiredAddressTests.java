package dev.udpprobe.destination;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What an address is good for while its name is looked up again, behind names that hang.
 */
class ExpiredAddressTests {

	private static final Duration LONG = Duration.ofDays(1);

	private static final Duration SHORT = Duration.ofMillis(20);

	private static final List<String> HANGING = IntStream.range(0, 128).mapToObj("slow%d.example"::formatted).toList();

	private final Names names = new Names();

	@AfterEach
	void release() {
		this.names.release();
	}

	private static InetAddress get(CompletableFuture<List<InetAddress>> answer) throws Exception {
		return answer.get(20, TimeUnit.SECONDS).getFirst();
	}

	private Resolver resolver(Set<String> configured) throws Exception {
		Resolver resolver = new Resolver(configured, SHORT, LONG, this.names);
		get(resolver.resolve("a.example"));
		for (String name : HANGING) {
			var _ = resolver.resolve(name);
		}
		return resolver;
	}

	/**
	 * @return what the first gets who asks when the time of the answer before is over
	 */
	private static CompletableFuture<List<InetAddress>> askedAnew(Resolver resolver) {
		return await().until(() -> resolver.resolve("a.example"), (answer) -> !answer.isDone());
	}

	@Test
	void configuredNamesThatHangLeaveTheAddressesOfTheOthers() throws Exception {
		Set<String> configured = Stream.concat(HANGING.stream(), Stream.of("a.example", "b.example"))
				.collect(Collectors.toSet());
		try (Resolver resolver = resolver(configured)) {
			CompletableFuture<List<InetAddress>> first = askedAnew(resolver);
			assertThat(resolver.resolve("a.example")).as("others do not wait").isCompleted();
			assertThat(get(first)).isEqualTo(Names.ADDRESS);
			assertThat(this.names.asked()).containsOnlyOnce("a.example");
			assertThat(resolver.resolve("b.example")).as("never had an address").isNotDone();
			this.names.release();
			await().until(() -> this.names.asked().stream().filter("a.example"::equals).count() == 2);
		}
	}

	@Test
	void aStrangersNameThatIsLookedUpAgainHasNone() throws Exception {
		try (Resolver resolver = resolver(Set.of())) {
			CompletableFuture<List<InetAddress>> first = askedAnew(resolver);
			assertThat(List.of(first, resolver.resolve("a.example"))).noneMatch(CompletableFuture::isDone);
		}
	}

	@Test
	void itIsOfNoUseForever() throws Exception {
		try (Lookups lookups = new Lookups("test-", 1, 2, this.names, SHORT, LONG, SHORT)) {
			get(lookups.ask("a.example"));
			var _ = lookups.ask("slow.example");
			await().until(() -> List.of(lookups.ask("a.example"), lookups.ask("a.example")),
					(both) -> both.stream().noneMatch(CompletableFuture::isDone));
			assertThat(this.names.asked()).containsOnlyOnce("a.example");
		}
	}

}
