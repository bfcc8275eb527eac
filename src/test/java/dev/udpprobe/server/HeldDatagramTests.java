package dev.udpprobe.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HeldDatagramTests {

	private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

	private final ServerCounts counts = new ServerCounts();

	private static Slot slot() {
		return new Slot(ByteBuffer.allocate(16), 4);
	}

	private static Slot received(int port) {
		Slot slot = slot();
		slot.buffer().position(4).put(HELLO);
		slot.peer().set(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		slot.received(HELLO.length, false);
		return slot;
	}

	private HeldDatagram held() {
		Slot slot = received(1);
		slot.cut(2);
		BatchOf batch = new BatchOf(slot, received(2)).received();
		HeldDatagram held = batch.hold(0);
		batch.get(1).end();
		this.counts.add(batch);
		return held;
	}

	@Test
	void isNotCountedWhileItIsHeld() {
		assertThat(held().payload()).isEqualTo(ByteBuffer.wrap(HELLO, 0, 3));
		assertThat(this.counts.received()).isEqualTo(1);
		assertThat(this.counts.bytesReceived()).isEqualTo(5);
		assertThat(this.counts.ended()).isEqualTo(1);
		assertThat(this.counts.dropped()).isZero();
	}

	@Test
	void isCountedWhenItIsDropped() {
		this.counts.drop(held(), TransportDrop.FAILED);
		assertThat(this.counts.received()).isEqualTo(2);
		assertThat(this.counts.bytesReceived()).isEqualTo(10);
		assertThat(this.counts.droppedFor(TransportDrop.FAILED)).isEqualTo(1);
	}

	@Test
	void isSettledWithTheBatchThatItIsPutBackInto() {
		HeldDatagram held = held();
		BatchOf batch = new BatchOf(2, received(3), received(1), slot(), slot()).received();
		Slot slot = Objects.requireNonNull(batch.putBack(held, 1));
		assertThat(batch.count()).isEqualTo(3);
		assertThat(batch.get(2)).isSameAs(slot);
		assertThat(slot.isOpen()).isTrue();
		assertThat(slot.peer()).isEqualTo(batch.get(1).peer());
		assertThat(slot.payload()).isEqualTo(ByteBuffer.wrap(HELLO, 0, 3));
		assertThat(new int[]{batch.inOrder(0), batch.inOrder(1), batch.inOrder(2)}).containsExactly(2, 0, 1);
		slot.end();
		this.counts.add(batch);
		assertThat(this.counts.received()).isEqualTo(4);
		assertThat(this.counts.bytesReceived()).isEqualTo(20);
		assertThat(this.counts.ended()).isEqualTo(2);
	}

}
