package dev.udpprobe.module;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.CsvSource;

import dev.udpprobe.config.LibraryModules;
import dev.udpprobe.testing.FreePorts;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every module of the library follows a server that answers by the specification, and tells what it says.
 */
@Execution(ExecutionMode.CONCURRENT)
class SampleServersTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	/** So long, where nothing can come. */
	private static final Duration SHORT = Duration.ofMillis(150);

	private static final Asking ASKING = new Asking(LibraryModules.with(LibraryModules.SECRETS));

	@AfterAll
	static void close() {
		ASKING.close();
	}

	/** Those that are not here have no answers, or take any. */
	@Test
	void everyModuleHasASample() {
		assertThat(LibraryModules.with().all()).extracting(ProbeModule::name)
				.filteredOn((name) -> !List.of("any", "statsd", "syslog").contains(name))
				.containsExactlyInAnyOrderElementsOf(Sample.all().stream().map(Sample::module).toList());
	}

	@ParameterizedTest
	@MethodSource("dev.udpprobe.module.Sample#all")
	void theOutcomeFollowsTheServer(Sample sample) throws Exception {
		int port = FreePorts.udp();
		for (int i = 0; i < 2; i++) {
			try (SampleServer _ = SampleServer.start(sample.module(), port)) {
				assertThat(ASKING.ask(sample.module(), port, LONG, sample.settings())).startsWith("REPLIED pass: ");
			}
			assertThat(ASKING.ask(sample.module(), port, LONG, sample.settings())).isEqualTo("REFUSED fail: ");
		}
		try (SampleServer _ = SampleServer.start("nobody", port)) {
			assertThat(ASKING.ask(sample.module(), port, SHORT, sample.settings()))
					.isEqualTo("TIMED_OUT fail: " + sample.asks().silence());
		}
	}

	/** Of protocols of which there is no real server in {@link RealServersTests}. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			sbfd | the reflector is up | diagnostic=0, state=up
			bacnet | device 1234, Dev-1 | device=1234, name=Dev-1
			pfcp | up since 2024-07-27T23:23:44Z | started=2024-07-27T23:23:44Z
			a2s | name, 3 of 16 players on de_dust2 | server=name, map=de_dust2, game=Counter-Strike, players=3, places=16, bots=0
			minecraft-bedrock | A \\; Server, version 1.19.1, 3 of 10 players | server=A \\; Server, protocol=527, version=1.19.1, players=3, places=10
			l2tp | host, example | host=host, vendor=example
			dhcp | ack of 192.0.2.1, router 192.0.2.1, resolver 192.0.2.53, 192.0.2.54 | message=ack, server=192.0.2.1, router=192.0.2.1, resolver=192.0.2.53, 192.0.2.54
			""")
	void itTellsWhatTheServerSays(String module, String says, String fields) throws Exception {
		Map<String, String> settings = Sample.all().stream().filter((sample) -> sample.module().equals(module))
				.findFirst().orElseThrow().settings();
		int port = FreePorts.udp();
		try (SampleServer _ = SampleServer.start(module, port)) {
			assertThat(ASKING.ask(module, port, LONG, settings)).isEqualTo("REPLIED pass: " + says);
			assertThat(Asking.fields(ASKING.send(module, port, LONG, settings).join())).isEqualTo(fields);
		}
	}

}
