package dev.udpprobe.monitor;

import java.io.UncheckedIOException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.udpprobe.module.ModuleSpec.LocalPort;
import dev.udpprobe.outcome.Outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Where rounds leave from.
 */
@Execution(ExecutionMode.CONCURRENT)
class KeptPortTests {

	private static TargetSpec target(Server server, LocalPort port) {
		return Rig.target("a", server.address(), new RoundSettings(Rig.INTERVAL, null, 1, 2, port));
	}

	@ParameterizedTest
	@CsvSource({"KEPT, true", "FRESH, false", ", false"})
	void allRoundsLeaveFromThePortThatIsKept(LocalPort port, boolean one) {
		try (Server server = new Server(); Rig rig = new Rig().watching(target(server, port))) {
			await().until(() -> rig.rounds("a") > 4);
			assertThat(server.ports().size() == 1).isEqualTo(one);
		}
	}

	@Test
	void aKeptSocketHearsARefusalAndGoesOn() {
		RoundSettings patient = new RoundSettings(Rig.CALM, null, 1, 2, LocalPort.KEPT);
		try (Server server = new Server();
				Rig rig = new Rig().watching(Rig.target("a", server.address(), patient))) {
			await().until(() -> rig.state("a") == State.UP);
			server.turn(Server.Mode.REFUSE);
			await().until(() -> rig.state("a") == State.DOWN);
			server.turn(Server.Mode.ECHO);
			await().until(() -> rig.state("a") == State.UP);
			assertThat(server.ports()).hasSize(1);
			assertThat(rig.status("a").outcomes().keySet()).containsExactlyInAnyOrder(Outcome.Kind.REPLIED,
					Outcome.Kind.REFUSED);
		}
	}

	@Test
	void whoeverIsGoneKeepsNoPort() {
		try (Server server = new Server(); Rig rig = new Rig().watching(target(server, LocalPort.KEPT))) {
			await().until(() -> rig.state("a") == State.UP);
			int port = server.ports().iterator().next();
			rig.monitor.replace(List.of());
			await().until(() -> isFree(port));
		}
	}

	@Test
	void whoIsStoppedKeepsNoPortAndStartedAgainKeepsAnother() {
		try (Server server = new Server(); Rig rig = new Rig().watching(target(server, LocalPort.KEPT))) {
			await().until(() -> rig.state("a") == State.UP);
			int port = server.ports().iterator().next();
			rig.monitor.stop();
			await().until(() -> isFree(port));
			long rounds = rig.rounds("a");
			rig.monitor.start();
			await().until(() -> rig.rounds("a") > rounds + 2);
			assertThat(server.ports()).hasSize(2);
		}
	}

	private static boolean isFree(int port) {
		try (Server other = new Server("127.0.0.1", port)) {
			return other.port() == port;
		}
		catch (UncheckedIOException _) {
			return false;
		}
	}

}
