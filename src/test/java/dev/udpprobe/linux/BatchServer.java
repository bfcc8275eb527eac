package dev.udpprobe.linux;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A socket of both families on all addresses, with a batch that reads from it and answers,
 * and clients of it. For one thread.
 */
final class BatchServer implements AutoCloseable {

	static final int SLOTS = 64;

	static final byte[] HEAD = {'H', 'i'};

	private static final int PATIENCE_MILLIS = 10_000;

	private final List<Client> clients = new ArrayList<>();

	private final DatagramChannel channel = DatagramChannel.open();

	private final DatagramBatch batch = new DatagramBatch(SLOTS, 0, HEAD.length);

	BatchServer() throws IOException {
		this.channel.bind(new InetSocketAddress(0));
		SocketOptions.reportDestinations(this.channel);
		SocketQueue.timeOuts(this.channel, 10_000_000_000L, 10_000_000);
		for (int i = 0; i < SLOTS; i++) {
			this.batch.slot(i).put(0, HEAD);
		}
	}

	DatagramChannel channel() {
		return this.channel;
	}

	DatagramBatch batch() {
		return this.batch;
	}

	ReplyBatch replies() {
		return this.batch.replies();
	}

	int port() {
		return this.channel.socket().getLocalPort();
	}

	/**
	 * @return who asks the server at this address
	 */
	Client client(String address) throws IOException {
		Client client = new Client(new DatagramSocket(), new InetSocketAddress(InetAddress.ofLiteral(address), port()));
		this.clients.add(client);
		client.socket.setReceiveBufferSize(1 << 22);
		client.socket.setSoTimeout(PATIENCE_MILLIS);
		return client;
	}

	/**
	 * Waits for datagrams.
	 * @return how many were read
	 */
	int receive() throws IOException {
		return this.batch.receive(this.channel, true);
	}

	/**
	 * Answers the first slots, with two bytes before each.
	 * @return how many answers were not sent
	 */
	int answer(int count) {
		replies().clear();
		for (int i = 0; i < count; i++) {
			replies().answer(i, 0, HEAD.length + this.batch.length(i));
		}
		return replies().send(this.channel, false);
	}

	byte[] payload(int slot) {
		byte[] payload = new byte[this.batch.length(slot)];
		this.batch.slot(slot).get(HEAD.length, payload);
		return payload;
	}

	/**
	 * @return bytes that differ with the seed
	 */
	static byte[] random(int seed, int length) {
		byte[] bytes = new byte[length];
		new Random(seed).nextBytes(bytes);
		return bytes;
	}

	/**
	 * @return what answers a payload
	 */
	static byte[] answerTo(byte[] payload) {
		return ByteBuffer.allocate(HEAD.length + payload.length).put(HEAD).put(payload).array();
	}

	@Override
	public void close() throws IOException {
		this.clients.forEach(Client::close);
		this.channel.close();
		this.batch.close();
	}

	/**
	 * A socket that asks the server at one of its addresses.
	 */
	record Client(DatagramSocket socket, InetSocketAddress server) implements AutoCloseable {

		void send(byte[] payload) throws IOException {
			send(payload, this.server.getAddress());
		}

		void send(byte[] payload, InetAddress to) throws IOException {
			this.socket.send(new DatagramPacket(payload, payload.length, to, this.server.getPort()));
		}

		/**
		 * @return what the server answered, from the address that was asked
		 */
		byte[] receive() throws IOException {
			DatagramPacket packet = new DatagramPacket(new byte[1 << 16], 1 << 16);
			this.socket.receive(packet);
			assertThat(packet.getSocketAddress()).isEqualTo(this.server);
			return Arrays.copyOf(packet.getData(), packet.getLength());
		}

		@Override
		public void close() {
			this.socket.close();
		}

	}

}
