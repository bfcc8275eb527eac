package dev.udpprobe.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.udpprobe.linux.BatchServer.Client;
import dev.udpprobe.net.PeerAddress;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is read of datagrams, on sockets of this host. Loopback has a datagram in the queue
 * before its send returns.
 */
@EnabledOnOs(value = OS.LINUX, architectures = {"amd64", "aarch64"})
class DatagramBatchTests {

	private static final int[] LENGTHS = {0, 1, 2, 8, 1_472, 2_048, 9_000, 65_506, 65_507};

	private final BatchServer server = new BatchServer();

	private final DatagramBatch batch = this.server.batch();

	DatagramBatchTests() throws IOException {}

	@AfterEach
	void close() throws IOException {
		this.server.close();
	}

	@Test
	void readsDatagramsOfAnyLengthAtOneGo() throws IOException {
		this.server.channel().setOption(StandardSocketOptions.SO_RCVBUF, 1 << 22);
		Client client = this.server.client("127.0.0.1");
		for (int length : LENGTHS) {
			client.send(BatchServer.random(length, length), InetAddress.ofLiteral("127.0.0.1"));
		}
		assertThat(this.server.receive()).isEqualTo(LENGTHS.length);
		for (int i = 0; i < LENGTHS.length; i++) {
			assertThat(this.server.payload(i)).isEqualTo(BatchServer.random(LENGTHS[i], LENGTHS[i]));
		}
	}

	@Test
	void readsNoMoreThanItHasSlotsAndLeavesTheRest() throws IOException {
		Client client = this.server.client("127.0.0.1");
		for (int i = 0; i < BatchServer.SLOTS + 3; i++) {
			client.send(new byte[]{(byte) i});
		}
		assertThat(this.server.receive()).isEqualTo(BatchServer.SLOTS);
		assertThat(this.server.payload(BatchServer.SLOTS - 1)).containsExactly(BatchServer.SLOTS - 1);
		assertThat(this.server.receive()).isEqualTo(3);
		assertThat(this.server.payload(0)).containsExactly(BatchServer.SLOTS);
		assertThat(this.batch.receive(this.server.channel(), false)).isZero();
	}

	@Test
	void tellsSendersOfBothFamiliesAndWhereTheySentTo() throws IOException {
		Client ipv4 = this.server.client("127.0.0.2");
		Client ipv6 = this.server.client("::1");
		ipv4.send(new byte[1]);
		ipv6.send(new byte[1]);
		ipv4.send(new byte[1]);
		assertThat(this.server.receive()).isEqualTo(3);
		isFrom(0, "127.0.0.1", ipv4);
		isFrom(1, "::1", ipv6);
		isFrom(2, "127.0.0.1", ipv4);
		assertThat(this.batch.destination(0)).isEqualTo(InetAddress.ofLiteral("127.0.0.2"));
		assertThat(this.batch.destination(1)).isEqualTo(InetAddress.ofLiteral("::1"));
		assertThat(this.batch.isSentToMany(0)).isFalse();
		assertThat(this.batch.isSentToMany(1)).isFalse();
	}

	private void isFrom(int slot, String host, Client client) {
		PeerAddress sender = new PeerAddress();
		this.batch.readSender(slot, sender);
		assertThat(sender.toSocketAddress())
				.isEqualTo(new InetSocketAddress(InetAddress.ofLiteral(host), client.socket().getLocalPort()));
	}

	@Test
	void tellsNoDestinationUnlessItIsReported() throws IOException {
		try (DatagramChannel plain = DatagramChannel.open(); DatagramSocket client = new DatagramSocket()) {
			plain.bind(new InetSocketAddress(0));
			client.send(new DatagramPacket(new byte[1], 1, InetAddress.ofLiteral("127.0.0.2"),
					plain.socket().getLocalPort()));
			assertThat(this.batch.receive(plain, true)).isOne();
			assertThat(this.batch.destination(0)).isNull();
			assertThat(this.batch.isSentToMany(0)).isFalse();
		}
	}

	/** Loopback has a broadcast address of its network, too. */
	@Test
	void knowsABroadcast() throws IOException {
		Client client = this.server.client("127.0.0.1");
		client.send(new byte[1], InetAddress.ofLiteral("127.255.255.255"));
		client.send(new byte[1], InetAddress.ofLiteral("127.0.0.1"));
		assertThat(this.server.receive()).isEqualTo(2);
		assertThat(this.batch.isSentToMany(0)).isTrue();
		assertThat(this.batch.isSentToMany(1)).isFalse();
	}

	@Test
	void knowsAMulticast() throws IOException {
		InetAddress group = InetAddress.ofLiteral("239.7.7.7");
		InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
		NetworkInterface device = NetworkInterface.getByInetAddress(loopback);
		try (MulticastSocket client = new MulticastSocket(0)) {
			client.setNetworkInterface(device);
			client.setTimeToLive(0);
			this.server.channel().join(group, device);
			for (InetAddress to : List.of(group, loopback)) {
				client.send(new DatagramPacket(new byte[1], 1, to, this.server.port()));
			}
			assertThat(this.server.receive()).isEqualTo(2);
			assertThat(this.batch.isSentToMany(0)).isTrue();
			assertThat(this.batch.isSentToMany(1)).isFalse();
		}
	}

	/** Loopback has no route for those of IPv6. */
	@ParameterizedTest
	@CsvSource({"ff02::1,true", "ff15::7,true", "fe80::1,false", "::1,false"})
	void knowsAMulticastOfIpv6ByItsAddress(String address, boolean many) {
		try (Arena arena = Arena.ofConfined()) {
			MemorySegment info = arena.allocate(PacketInfo.IN6_PKTINFO);
			info.copyFrom(MemorySegment.ofArray(InetAddress.ofLiteral(address).getAddress()));
			assertThat(PacketInfo.isMulticast(info, 0)).isEqualTo(many);
		}
	}

}
