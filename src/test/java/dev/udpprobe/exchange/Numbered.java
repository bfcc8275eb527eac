package dev.udpprobe.exchange;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts that the first number in them tells apart, and which is their key. One without a number
 * is of the oldest that waits.
 */
final class Numbered implements Correlation, FlowSettings.Listener {

	static final Duration LONG = Duration.ofSeconds(20);

	static final Duration SHORT = Duration.ofMillis(100);

	private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

	private final Queue<FlowDatagram> ended = new ConcurrentLinkedQueue<>();

	private final Queue<String> strays = new ConcurrentLinkedQueue<>();

	Flow open(ExchangeEngine engine, InetSocketAddress remote) throws NotSentException {
		return engine.open(remote, ExchangeOptions.CONNECTED, settings(1_024));
	}

	FlowSettings settings(int window) {
		return new FlowSettings(window, this, this);
	}

	static CompletableFuture<FlowDatagram> send(Flow flow, String text) {
		return send(flow, text, LONG);
	}

	/**
	 * @param text has a number in it
	 */
	static CompletableFuture<FlowDatagram> send(Flow flow, String text, Duration timeout) {
		return flow.send(key(text), bytes(text), timeout);
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Waits until a datagram is over, longer than any does for its answer.
	 */
	static FlowDatagram over(CompletableFuture<FlowDatagram> sent) throws Exception {
		return sent.get(2 * LONG.toSeconds(), TimeUnit.SECONDS);
	}

	static List<FlowDatagram> over(List<CompletableFuture<FlowDatagram>> sent) throws Exception {
		List<FlowDatagram> over = new ArrayList<>();
		for (CompletableFuture<FlowDatagram> one : sent) {
			over.add(over(one));
		}
		return over;
	}

	/**
	 * @return those that the listener was told of, in order
	 */
	List<FlowDatagram> ended() {
		return List.copyOf(this.ended);
	}

	/**
	 * @return the datagrams that answered none
	 */
	List<String> strays() {
		return List.copyOf(this.strays);
	}

	private static long key(String text) {
		Matcher number = NUMBER.matcher(text);
		return number.find() ? Long.parseLong(number.group()) : OLDEST;
	}

	@Override
	public long answered(ByteBuffer payload) {
		return key(StandardCharsets.UTF_8.decode(payload).toString());
	}

	@Override
	public long quoted(ByteBuffer payload) {
		return answered(payload);
	}

	@Override
	public void ended(FlowDatagram datagram) {
		this.ended.add(datagram);
	}

	@Override
	public void strayed(long key, byte[] payload) {
		this.strays.add(new String(payload, StandardCharsets.UTF_8));
	}

}
