package dev.udpprobe.linux;

import java.io.File;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

@Isolated("counts the descriptors of the JVM")
@ParameterizedClass
@CsvSource({"127.0.0.1,65507", "::1,65527"})
@EnabledOnOs(value = OS.LINUX, architectures = {"amd64", "aarch64"})
class DatagramReaderTests {

	private final Loopback loopback;

	private final int maxLength;

	DatagramReaderTests(String address, int maxLength) {
		this.loopback = new Loopback(address);
		this.maxLength = maxLength;
	}

	@AfterEach
	void close() throws IOException {
		this.loopback.close();
	}

	private DatagramReader.Received receive(DatagramChannel channel) {
		return this.loopback.reader().receive(channel);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] random(int length) {
		byte[] payload = new byte[length];
		new Random(length).nextBytes(payload);
		return payload;
	}

	@Test
	void findsNothingWhereNothingIs() throws IOException {
		assertThat(receive(this.loopback.open())).isEqualTo(DatagramReader.Received.NOTHING);
	}

	@Test
	void readsDatagramsOfEveryLengthWhole() throws IOException {
		DatagramChannel server = this.loopback.open();
		DatagramChannel client = this.loopback.connect(Loopback.local(server));
		for (int length : new int[]{1, this.maxLength, 2, 2049, 1}) {
			Loopback.send(client, random(length));
			assertThat(this.loopback.receive(server)).isEqualTo(random(length));
		}
		assertThat(receive(server)).isEqualTo(DatagramReader.Received.NOTHING);
	}

	@Test
	void tellsAnEmptyDatagramFromNone() throws IOException {
		DatagramChannel server = this.loopback.open();
		DatagramChannel client = this.loopback.connect(Loopback.local(server));
		assertThat(KernelSend.empty(client)).isTrue();
		assertThat(this.loopback.receive(server)).isEmpty();
		assertThat(receive(server)).isEqualTo(DatagramReader.Received.NOTHING);
	}

	@Test
	void tellsTheSender() throws IOException {
		DatagramChannel server = this.loopback.open();
		for (int i = 0; i < 3; i++) {
			DatagramChannel client = this.loopback.connect(Loopback.local(server));
			Loopback.send(client, bytes("hello"));
			this.loopback.receive(server);
			assertThat(this.loopback.reader().sender()).isEqualTo(Loopback.local(client));
		}
	}

	/** The kernel needs a moment to begin to take times of arrival. */
	@Test
	void tellsTheTimeOfArrival() throws IOException {
		DatagramChannel server = this.loopback.open();
		DatagramChannel client = this.loopback.connect(Loopback.local(server));
		Loopback.await(() -> {
			long before = Loopback.realtimeNanos();
			Loopback.send(client, bytes("hello"));
			this.loopback.receive(server);
			long arrived = this.loopback.reader().timeNanos();
			assertThat(arrived).satisfiesAnyOf((none) -> assertThat(none).isZero(),
					(time) -> assertThat(time).isBetween(before, Loopback.realtimeNanos()));
			return arrived != 0;
		});
	}

	@Test
	void readsAnErrorInsteadOfADatagramAndHasItInTheQueueToo() throws IOException {
		DatagramChannel client = this.loopback.connectToClosedPort();
		Loopback.send(client, bytes("hello"));
		Loopback.await(() -> receive(client) == DatagramReader.Received.ERROR);
		assertThat(this.loopback.reader().error()).isInstanceOf(PortUnreachableException.class)
				.hasMessage("Connection refused");
		assertThat(receive(client)).isEqualTo(DatagramReader.Received.NOTHING);
		assertThat(this.loopback.errors(client, 1).errors()).hasSize(1);
		Loopback.Reports more = new Loopback.Reports();
		this.loopback.readErrors(client, more);
		assertThat(more.errors()).isEmpty();
	}

	@Test
	void readsManyChannelsInTurn() throws IOException {
		try (Loopback other = new Loopback(this.loopback.isIpv6() ? "127.0.0.1" : "::1")) {
			List<DatagramChannel> servers = new ArrayList<>();
			List<DatagramChannel> clients = new ArrayList<>();
			List<DatagramChannel> refused = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				Loopback family = (i % 2 == 0) ? this.loopback : other;
				servers.add(family.open());
				clients.add(family.connect(Loopback.local(servers.getLast())));
				refused.add(family.connectToClosedPort());
				Loopback.send(clients.getLast(), bytes("message " + i));
				Loopback.send(refused.getLast(), bytes("refused " + i));
			}
			for (int i = 0; i < 20; i++) {
				assertThat(this.loopback.receive(servers.get(i))).isEqualTo(bytes("message " + i));
				assertThat(this.loopback.reader().sender()).isEqualTo(Loopback.local(clients.get(i)));
				assertThat(this.loopback.errors(refused.get(i), 1).quoted()).containsExactly(bytes("refused " + i));
			}
		}
	}

	@Test
	void leavesNoDescriptorBehind() throws IOException {
		useOnce();
		int before = descriptors();
		for (int i = 0; i < 1_000; i++) {
			useOnce();
		}
		assertThat(descriptors()).isLessThanOrEqualTo(before + 5);
	}

	private void useOnce() throws IOException {
		try (Loopback once = new Loopback(this.loopback.address().getHostAddress())) {
			DatagramChannel channel = once.connectToClosedPort();
			Loopback.send(channel, bytes("hello"));
			once.reader().receive(channel);
			once.readErrors(channel, new Loopback.Reports());
		}
	}

	private static int descriptors() {
		String[] names = new File("/proc/self/fd").list();
		return (names != null) ? names.length : 0;
	}

}
