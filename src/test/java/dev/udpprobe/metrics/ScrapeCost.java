package dev.udpprobe.metrics;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

import dev.udpprobe.UdpProbeApplication;
import dev.udpprobe.monitor.MonitoredTarget;
import dev.udpprobe.monitor.RoundResult;
import dev.udpprobe.monitor.State;
import dev.udpprobe.monitor.TargetFiles;
import dev.udpprobe.outcome.Outcome;

/**
 * Measures the scrape of made-up targets over HTTP. It is no test: {@code java -cp ... dev.udpprobe.metrics.ScrapeCost 10000}.
 */
final class ScrapeCost {

	private record Files(int wrong, Instant lastSuccess) implements TargetFiles {}

	private ScrapeCost() {}

	public static void main(String[] arguments) throws Exception {
		int count = Integer.parseInt(arguments[0]);
		List<MonitoredTarget> targets = IntStream.range(0, count).<MonitoredTarget>mapToObj(ScrapeCost::target)
				.toList();
		var context = (WebServerApplicationContext) SpringApplication.run(UdpProbeApplication.class,
				"--udp-probe.echo.port=0", "--server.port=0");
		PrometheusRegistry registry = context.getBean(PrometheusRegistry.class);
		registry.unregister(context.getBean(MonitorCollector.class));
		registry.register(new MonitorCollector(() -> targets, () -> Map.of(RoundResult.ON_TIME, 1L),
				() -> Map.of(0.001, 1L), () -> 0.5, new Files(0, Instant.now())));
		String url = "http://127.0.0.1:" + Objects.requireNonNull(context.getWebServer()).getPort()
				+ "/actuator/prometheus";
		for (String accept : List.of("text/plain", "application/openmetrics-text")) {
			for (int i = 0; i < 20; i++) {
				scrape(url, accept);
			}
		}
		System.exit(0);
	}

	private static MonitoredTarget target(int number) {
		MadeUpTarget target = new MadeUpTarget("target-%05d.example:123".formatted(number * 7919 % 100_000),
				"target-%05d.example:123".formatted(number),
				Map.of("site", "site-" + number % 17, "rack", "rack-" + number % 301));
		return target.in((number % 50 == 0) ? State.DOWN : State.UP, 0.01, Instant.now())
				.rounds(Outcome.Kind.REPLIED, 3_600 + number, 0)
				.rounds(Outcome.Kind.TIMED_OUT, 12, 12)
				.roundTrips(Duration.ofMillis(1_234_567))
				.changed(Instant.now());
	}

	private static void scrape(String url, String accept) throws Exception {
		long allocated = threads().getTotalThreadAllocatedBytes();
		long cpu = system().getProcessCpuTime();
		Process curl = new ProcessBuilder("curl", "-s", "-o", "/dev/null", "-H", "Accept: " + accept, "-w",
				"%{http_code} %{time_total} s %{size_download} bytes", url).start();
		String said = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		curl.waitFor();
		System.out.printf("%s: %s, %.0f MiB allocated, %.0f ms CPU%n", accept, said,
				(threads().getTotalThreadAllocatedBytes() - allocated) / 1048576.0,
				(system().getProcessCpuTime() - cpu) / 1e6);
	}

	private static ThreadMXBean threads() {
		return (ThreadMXBean) ManagementFactory.getThreadMXBean();
	}

	private static OperatingSystemMXBean system() {
		return (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
	}

}
