package dev.udpprobe.config;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.slf4j.LoggerFactory;

import dev.udpprobe.destination.Target;
import dev.udpprobe.monitor.Monitor;
import dev.udpprobe.monitor.RoundSettings;
import dev.udpprobe.monitor.State;
import dev.udpprobe.monitor.TargetHistory.AddressChange;
import dev.udpprobe.monitor.TargetHistory.StateChange;
import dev.udpprobe.monitor.TargetSpec;
import dev.udpprobe.net.HostAndPort;
import dev.udpprobe.testing.ThisJvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the log says of targets.
 */
@ResourceLock(ThisJvm.LOCK)
class MonitorLogTests {

	private static final TargetSpec TARGET = new TargetSpec(
			new Target("dns", () -> HostAndPort.of("192.0.2.53:53"), null), RoundSettings.BY_HAND, Map.of(), "");

	private final Logger logger = (Logger) LoggerFactory.getLogger(Monitor.class);

	private final List<ILoggingEvent> lines = new CopyOnWriteArrayList<>();

	private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
		@Override
		protected void append(ILoggingEvent event) {
			MonitorLogTests.this.lines.add(event);
		}
	};

	private final MonitorLog log = new MonitorLog(Runnable::run);

	@BeforeEach
	void listen() {
		this.appender.start();
		this.logger.addAppender(this.appender);
		this.logger.setAdditive(false);
	}

	@AfterEach
	void leave() {
		this.logger.detachAppender(this.appender);
		this.logger.setAdditive(true);
	}

	private static StateChange to(State state, String reason) {
		return new StateChange(Instant.EPOCH, (state == State.UP) ? State.DOWN : State.UP, state, reason);
	}

	private List<String> messages() {
		return this.lines.stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

	@Test
	void aChangeIsALineWithItsReasonAndWhatASystemOfLogsSorts() {
		this.log.changed(TARGET, to(State.DOWN, "dns (192.0.2.53:53) was silent for 900 ms."), 2);
		this.log.changed(TARGET, to(State.UP, "it replied"), 1);
		assertThat(messages()).containsExactly("dns is down after 2 rounds: dns (192.0.2.53:53) was silent for 900 ms.",
				"dns is up: it replied");
		assertThat(this.lines).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN, Level.INFO);
		assertThat(this.lines.getFirst().getKeyValuePairs()).map(String::valueOf).containsExactly("target=\"dns\"",
				"address=\"192.0.2.53:53\"", "state=\"down\"");
	}

	@Test
	void whatAPeerSaysEndsNoLine() {
		this.log.changed(TARGET, to(State.UP, "it says \n2026 ERROR \u001b[2J\u202e"), 1);
		assertThat(messages()).containsExactly("dns is up: it says ?2026 ERROR ?[2J?");
	}

	@Test
	void allElseIsALineToo() {
		this.log.flapping(TARGET, true, State.DOWN);
		this.log.flapping(TARGET, false, State.UP);
		this.log.moved(TARGET, new AddressChange(Instant.EPOCH, InetAddress.ofLiteral("192.0.2.1"),
				InetAddress.ofLiteral("192.0.2.2")));
		this.log.cannotBegin(TARGET, "there is no such module", new IllegalStateException());
		assertThat(messages()).containsExactly("dns is flapping: its changes are not told until it flaps no longer",
				"dns flaps no longer: it is up", "dns has another address: 192.0.2.2, and had 192.0.2.1",
				"dns cannot be asked: there is no such module");
	}

	@Test
	void aFloodOfChangesIsCountedAndNotWritten() {
		int changes = 1_000;
		for (int i = 0; i < changes; i++) {
			this.log.changed(TARGET, to(State.DOWN, "silence"), 2);
		}
		int told = this.lines.size();
		// In two seconds at the most, so that a slow machine may begin a second anew.
		assertThat(told).isLessThan(changes / 2);
		this.lines.clear();
		int[] more = {0};
		await().until(() -> {
			more[0]++;
			this.log.changed(TARGET, to(State.UP, "it replied"), 1);
			return !this.lines.isEmpty();
		});
		assertThat(messages().getFirst()).isEqualTo("dns is up: it replied (%,d other changes were not told)"
				.formatted(changes - told + more[0] - 1));
	}

}
