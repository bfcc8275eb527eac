package dev.udpprobe.path;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.udpprobe.exchange.DestinationRates;
import dev.udpprobe.exchange.ExchangeEngine;
import dev.udpprobe.exchange.ExchangeOptions;
import dev.udpprobe.exchange.Flow;
import dev.udpprobe.exchange.FlowDatagram;
import dev.udpprobe.exchange.FlowSettings;
import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.testing.ExternalTool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long a trace and a search take at the most, at a target that says nothing.
 */
class TraceTests {

	private static final Duration LIMIT = Duration.ofMillis(300);

	private static final Duration FOREVER = Duration.ofDays(1);

	@BeforeEach
	void requireDetail() {
		ExternalTool.requireKernelDetail();
	}

	private final Queue<FlowDatagram> ended = new ConcurrentLinkedQueue<>();

	private final Payloads payloads = new Payloads(null, null);

	private FlowSettings settings() {
		return new FlowSettings(64, this.payloads, this.ended::add);
	}

	private interface Looking {
		void at(Flow flow) throws Exception;
	}

	private void look(Looking looking) throws Exception {
		try (DatagramSocket silent = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
				ExchangeEngine engine = new ExchangeEngine(1, 1, KernelDetail.find(), DestinationRates.NONE);
				Flow flow = engine.open((InetSocketAddress) silent.getLocalSocketAddress(),
						ExchangeOptions.CONNECTED, settings())) {
			looking.at(flow);
		}
	}

	@Test
	void aTraceEndsInTimeThoughAHopMayTakeLonger() throws Exception {
		look((flow) -> {
			List<Hop> hops = new ArrayList<>();
			Trace trace = new Trace(new Trace.Settings(64, 5, 2, FOREVER, LIMIT), this.payloads, () -> false);
			assertThat(trace.run(flow, hops::add)).isEqualTo(new Trace.End(new Outcome.TimedOut(), 1, Trace.Why.CUT));
			assertThat(hops).singleElement().returns(2, Hop::sent).returns(2, Hop::lost);
		});
	}

	@Test
	void aTraceThatIsStoppedSaysSo() throws Exception {
		look((flow) -> {
			Trace trace = new Trace(new Trace.Settings(64, 5, 1, Duration.ofMillis(1), FOREVER), this.payloads,
					() -> true);
			assertThat(trace.run(flow, (_) -> {})).isEqualTo(new Trace.End(new Outcome.TimedOut(), 1, Trace.Why.CUT));
		});
	}

	@Test
	void aTraceEndsAfterSoManySilentHops() throws Exception {
		look((flow) -> {
			Trace trace = new Trace(new Trace.Settings(64, 3, 2, Duration.ofMillis(1), FOREVER), this.payloads,
					() -> false);
			assertThat(trace.run(flow, (_) -> {}))
					.isEqualTo(new Trace.End(new Outcome.TimedOut(), 3, Trace.Why.MAX_SILENT));
			assertThat(this.ended).hasSize(6);
		});
	}

	@Test
	void aTraceEndsAtTheLastHopThatMayBe() throws Exception {
		look((flow) -> {
			Trace trace = new Trace(new Trace.Settings(3, 5, 1, Duration.ofMillis(1), FOREVER), this.payloads,
					() -> false);
			assertThat(trace.run(flow, (_) -> {}))
					.isEqualTo(new Trace.End(new Outcome.TimedOut(), 3, Trace.Why.MAX_HOPS));
		});
	}

	@Test
	void aSearchEndsInTimeThoughAnAnswerMayTakeLonger() throws Exception {
		look((flow) -> {
			MtuSearch search = new MtuSearch(flow, new MtuSearch.Settings(2, FOREVER, LIMIT), this.payloads,
					() -> false);
			assertThat(search.run().isKnown()).isFalse();
			assertThat(this.ended).hasSize(1);
		});
	}

	/** It is over when the third length is lost: the longest, the shortest and one between were asked. */
	@Test
	void aSearchThatIsCutShortTellsWhatItKnowsAndClaimsNoMore() throws Exception {
		try (DatagramSocket echo = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
				ExchangeEngine engine = new ExchangeEngine(1, 1, KernelDetail.find(), DestinationRates.NONE);
				Flow flow = engine.open((InetSocketAddress) echo.getLocalSocketAddress(),
						ExchangeOptions.CONNECTED, settings())) {
			Thread.startVirtualThread(() -> echoShortOnes(echo));
			PathMtu mtu = new MtuSearch(flow, new MtuSearch.Settings(1, Duration.ofMillis(500), FOREVER),
					this.payloads, () -> this.ended.size() >= 3).run();
			assertThat(mtu.evidence()).isEqualTo(PathMtu.Evidence.UNFINISHED);
			assertThat(mtu.payload()).isEqualTo(1);
		}
	}

	private static void echoShortOnes(DatagramSocket echo) {
		DatagramPacket packet = new DatagramPacket(new byte[1 << 16], 1 << 16);
		try {
			while (true) {
				echo.receive(packet);
				if (packet.getLength() < 1_000) {
					echo.send(packet);
				}
				packet.setLength(1 << 16);
			}
		}
		catch (IOException _) {
			// It was closed.
		}
	}

}
