package dev.udpprobe.path;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.udpprobe.exchange.DestinationRates;
import dev.udpprobe.exchange.ExchangeEngine;
import dev.udpprobe.exchange.ExchangeOptions;
import dev.udpprobe.exchange.Flow;
import dev.udpprobe.exchange.FlowDatagram;
import dev.udpprobe.exchange.FlowSettings;
import dev.udpprobe.linux.KernelDetail;

/**
 * What payloads look like on their way.
 */
final class SentPayloads {

	private SentPayloads() {}

	/**
	 * @param key by which the flow knows it
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Sent(long key, byte[] payload) {}

	/**
	 * Sends the next payloads to a socket that says nothing.
	 */
	static List<Sent> of(Payloads payloads, int length, int count) throws Exception {
		try (DatagramSocket silent = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
				ExchangeEngine engine = new ExchangeEngine(1, 1, KernelDetail.find(), DestinationRates.NONE)) {
			silent.setSoTimeout(10_000);
			List<CompletableFuture<FlowDatagram>> sent = new ArrayList<>();
			List<byte[]> received = new ArrayList<>();
			try (Flow flow = engine.open((InetSocketAddress) silent.getLocalSocketAddress(), ExchangeOptions.CONNECTED,
					new FlowSettings(count, payloads, (_) -> {}))) {
				for (int i = 0; i < count; i++) {
					sent.add(payloads.send(flow, length, Duration.ofMinutes(1)));
					received.add(next(silent));
				}
			}
			List<Sent> all = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				all.add(new Sent(Payloads.await(sent.get(i)).key(), received.get(i)));
			}
			return all;
		}
	}

	private static byte[] next(DatagramSocket socket) throws Exception {
		DatagramPacket packet = new DatagramPacket(new byte[1 << 16], 1 << 16);
		socket.receive(packet);
		return Arrays.copyOf(packet.getData(), packet.getLength());
	}

}
