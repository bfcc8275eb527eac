package dev.udpprobe.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Many HTTP connections to the loopback at once that do what no honest client does: each begins
 * a request and does not end it, does not read the answer, or keeps the connection for nothing. A
 * connection that ends is followed by another one, until the time or the count is over. Prints one
 * line of key=value pairs.
 */
final class HttpAttack {

	private static final int CONNECT_MILLIS = 5_000;

	private static final int PIECE = 16 << 10;

	private static final byte[] FILLER = "a".repeat(PIECE).getBytes(StandardCharsets.US_ASCII);

	private final Options options;

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private final AtomicInteger left;

	private final AtomicInteger number = new AtomicInteger();

	private final LongAdder opened = new LongAdder();

	private final LongAdder unopened = new LongAdder();

	private final LongAdder ended = new LongAdder();

	private final Map<String, LongAdder> statuses = new ConcurrentSkipListMap<>();

	private volatile boolean over;

	/**
	 * @param connections how many at once
	 * @param count how many in all
	 * @param head what each begins with; {n} in it becomes a number of eight digits, another one each time
	 * @param bytes how much filler follows at once
	 * @param trickle how much filler follows each second after that, until the time is over
	 * @param chunked whether the filler is in chunks
	 * @param reads whether answers are read
	 * @param pauseMillis between a connection and the one that follows it
	 */
	private record Options(int port, int seconds, int connections, int count, String head, int bytes, int trickle,
			boolean chunked, boolean reads, int pauseMillis) {

		static Options of(String[] args) {
			Map<String, String> given = Arrays.stream(args)
					.map((arg) -> arg.split("=", 2))
					.collect(Collectors.toMap((pair) -> pair[0], (pair) -> pair[1]));
			return new Options(number(given, "port", 0), number(given, "seconds", 10), number(given, "connections", 1),
					number(given, "count", Integer.MAX_VALUE), given.get("head"),
					number(given, "bytes", 0), number(given, "trickle", 0), given.containsKey("chunked"),
					!given.containsKey("deaf"), number(given, "pause", 100));
		}

		private static int number(Map<String, String> given, String key, int otherwise) {
			return given.containsKey(key) ? Integer.parseInt(given.get(key)) : otherwise;
		}

	}

	private HttpAttack(Options options) {
		this.options = options;
		this.left = new AtomicInteger(options.count());
	}

	/**
	 * @param args key=value pairs: port, head and, if wanted, the other ones of the options;
	 * {@code chunked=} and {@code deaf=} need no value
	 */
	public static void main(String[] args) throws InterruptedException {
		HttpAttack attack = new HttpAttack(Options.of(args));
		attack.run();
		attack.print();
	}

	private void run() throws InterruptedException {
		long endNanos = System.nanoTime() + this.options.seconds() * 1_000_000_000L;
		Thread[] attackers = new Thread[this.options.connections()];
		for (int i = 0; i < attackers.length; i++) {
			attackers[i] = Thread.ofPlatform().start(this::attack);
		}
		for (Thread attacker : attackers) {
			long nanos = endNanos - System.nanoTime();
			attacker.join(Math.max(1, nanos / 1_000_000));
		}
		this.over = true;
		for (Socket socket : this.open) {
			close(socket);
		}
	}

	private void attack() {
		while (!this.over && this.left.getAndDecrement() > 0) {
			try (Socket socket = new Socket()) {
				connection(socket);
			}
			catch (IOException _) {
				// It is counted where it happened.
			}
			catch (InterruptedException _) {
				return;
			}
		}
	}

	private void connection(Socket socket) throws IOException, InterruptedException {
		this.open.add(socket);
		try {
			if (!this.options.reads()) {
				socket.setReceiveBufferSize(4_096);
			}
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.options.port()), CONNECT_MILLIS);
			this.opened.increment();
		}
		catch (IOException ex) {
			this.open.remove(socket);
			this.unopened.increment();
			Thread.sleep(this.options.pauseMillis());
			throw ex;
		}
		// In JDK 25.0.3, a virtual thread that has been compiled may not catch what a closed socket throws.
		Thread reader = Thread.ofPlatform().start(this.options.reads() ? () -> read(socket) : this::idle);
		try {
			write(socket.getOutputStream());
		}
		catch (IOException _) {
			// The reader sees the end of the connection too, after the answer.
		}
		reader.join();
		this.open.remove(socket);
		Thread.sleep(this.options.pauseMillis());
	}

	private void write(OutputStream out) throws IOException, InterruptedException {
		out.write(this.options.head().replace("{n}", "%08d".formatted(this.number.getAndIncrement())).getBytes(StandardCharsets.US_ASCII));
		for (int sent = 0; sent < this.options.bytes(); sent += PIECE) {
			fill(out, Math.min(PIECE, this.options.bytes() - sent));
		}
		while (this.options.trickle() > 0 && !this.over) {
			Thread.sleep(1_000);
			fill(out, Math.min(PIECE, this.options.trickle()));
		}
	}

	private void fill(OutputStream out, int bytes) throws IOException {
		if (!this.options.chunked()) {
			out.write(FILLER, 0, bytes);
			return;
		}
		byte[] chunk = new byte[bytes + 8];
		byte[] size = "%04x\r\n".formatted(bytes).getBytes(StandardCharsets.US_ASCII);
		System.arraycopy(size, 0, chunk, 0, size.length);
		Arrays.fill(chunk, size.length, size.length + bytes, (byte) 'a');
		chunk[bytes + 6] = '\r';
		chunk[bytes + 7] = '\n';
		out.write(chunk);
	}

	/**
	 * Whether the server has ended the connection cannot be seen without reading.
	 */
	private void idle() {
		while (!this.over) {
			LockSupport.parkNanos(100_000_000);
		}
	}

	/**
	 * Until the server ends the connection, or the time is over.
	 */
	private void read(Socket socket) {
		byte[] start = {};
		try {
			InputStream in = socket.getInputStream();
			start = in.readNBytes("HTTP/1.1 200".length());
			in.transferTo(OutputStream.nullOutputStream());
		}
		catch (IOException _) {
			// Its end is what was waited for.
		}
		if (!this.over) {
			this.ended.increment();
			String status = (start.length > 9)
					? new String(start, 9, start.length - 9, StandardCharsets.US_ASCII)
					: "none";
			this.statuses.computeIfAbsent(status, (_) -> new LongAdder()).increment();
		}
		close(socket);
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException _) {
			// It is of no use any more.
		}
	}

	private void print() {
		System.out.printf("opened=%d unopened=%d ended=%d statuses=%s%n", this.opened.sum(), this.unopened.sum(),
				this.ended.sum(), this.statuses.isEmpty() ? "-"
						: this.statuses.entrySet()
								.stream()
								.map((entry) -> entry.getKey() + ":" + entry.getValue())
								.collect(Collectors.joining(",")));
		System.out.flush();
		System.exit(0);
	}

}
