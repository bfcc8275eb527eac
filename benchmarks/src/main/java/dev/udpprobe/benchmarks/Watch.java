package dev.udpprobe.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * What an honest client sees of the service on the loopback meanwhile, and how much memory it
 * takes: {@code POST /send} twenty times a second, {@code GET /livez} once a second, each on a
 * connection of its own. Prints one line of key=value pairs.
 */
final class Watch {

	private static final int SEND_MILLIS = 50;

	private static final int SEND_PATIENCE_MILLIS = 5_000;

	private static final int LIVEZ_MILLIS = 1_000;

	/** As long as the kubelet waits for a probe by default. */
	private static final int LIVEZ_PATIENCE_MILLIS = 1_000;

	private static final String SEND = "POST /send HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
			+ "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 13\r\n\r\nmessage=hello";

	private static final String LIVEZ = "GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";

	/**
	 * One request, again and again, in a thread of its own.
	 */
	private static final class Client implements Runnable {

		private final String request;

		private final int port;

		private final int everyMillis;

		private final int patienceMillis;

		private final long endNanos;

		private final List<Double> millis = new ArrayList<>();

		private int failed;

		private Client(String request, int port, int everyMillis, int patienceMillis, long endNanos) {
			this.request = request;
			this.port = port;
			this.everyMillis = everyMillis;
			this.patienceMillis = patienceMillis;
			this.endNanos = endNanos;
		}

		@Override
		public void run() {
			while (System.nanoTime() - this.endNanos < 0) {
				long startNanos = System.nanoTime();
				boolean answered = isAnswered();
				double took = (System.nanoTime() - startNanos) / 1e6;
				if (answered) {
					this.millis.add(took);
				}
				else {
					this.failed++;
				}
				sleep(this.everyMillis - (long) took);
			}
			Collections.sort(this.millis);
		}

		private boolean isAnswered() {
			try (Socket socket = new Socket()) {
				socket.setSoTimeout(this.patienceMillis);
				socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port), this.patienceMillis);
				socket.getOutputStream().write(this.request.getBytes(StandardCharsets.US_ASCII));
				byte[] answer = socket.getInputStream().readAllBytes();
				return new String(answer, StandardCharsets.US_ASCII).startsWith("HTTP/1.1 200");
			}
			catch (IOException _) {
				return false;
			}
		}

		private String percentile(double percent) {
			if (this.millis.isEmpty()) {
				return "-";
			}
			int rank = (int) Math.min(this.millis.size() - 1, percent / 100 * this.millis.size());
			return String.format(Locale.ROOT, "%.1f", this.millis.get(rank));
		}

	}

	private Watch() {}

	/**
	 * @param args the process, its HTTP port, that of {@code /livez}, how many seconds, and
	 * whether to send
	 */
	public static void main(String[] args) throws InterruptedException {
		Path status = Path.of("/proc", args[0], "status");
		long endNanos = System.nanoTime() + Long.parseLong(args[3]) * 1_000_000_000L;
		boolean sends = Boolean.parseBoolean(args[4]);
		Client sender = new Client(SEND, Integer.parseInt(args[1]), SEND_MILLIS, SEND_PATIENCE_MILLIS, endNanos);
		Client prober = new Client(LIVEZ, Integer.parseInt(args[2]), LIVEZ_MILLIS, LIVEZ_PATIENCE_MILLIS, endNanos);
		Thread sending = new Thread(sender);
		Thread probing = new Thread(prober);
		if (sends) {
			sending.start();
		}
		probing.start();
		long residentKibibytes = 0;
		while (System.nanoTime() - endNanos < 0) {
			residentKibibytes = Math.max(residentKibibytes, residentKibibytes(status));
			sleep(SEND_MILLIS);
		}
		sending.join();
		probing.join();
		System.out.printf(
				"resident_KiB=%d sent=%d send_failed=%d send_p50_ms=%s send_p99_ms=%s send_max_ms=%s"
						+ " livez=%d livez_failed=%d livez_max_ms=%s%n",
				residentKibibytes, sender.millis.size(), sender.failed, sender.percentile(50), sender.percentile(99),
				sender.percentile(100), prober.millis.size(), prober.failed, prober.percentile(100));
	}

	/**
	 * The most so far, by the kernel's own account; 0 after the end of the process.
	 */
	private static long residentKibibytes(Path status) {
		try {
			return Files.readAllLines(status)
					.stream()
					.filter((line) -> line.startsWith("VmHWM:"))
					.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")))
					.sum();
		}
		catch (IOException _) {
			return 0;
		}
	}

	private static void sleep(long millis) {
		try {
			Thread.sleep(Math.max(0, millis));
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
	}

}
