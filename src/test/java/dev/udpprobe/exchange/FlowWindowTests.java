package dev.udpprobe.exchange;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FlowWindowTests {

	private final IdleFlow idle = new IdleFlow();

	FlowWindowTests() throws Exception {
		// The flow opens a socket.
	}

	@AfterEach
	void close() throws Exception {
		this.idle.close();
	}

	private FlowDatagram datagram(long key) {
		return new FlowDatagram(this.idle.get(), key, new byte[]{1}, 1);
	}

	private FlowDatagram add(FlowWindow window, long key) {
		FlowDatagram datagram = datagram(key);
		window.add(datagram);
		return datagram;
	}

	@Test
	void findsByKeyWhatWaits() {
		FlowWindow window = new FlowWindow(3);
		FlowDatagram one = add(window, Long.MAX_VALUE);
		FlowDatagram two = add(window, 0);
		assertThat(window.find(Long.MAX_VALUE)).isSameAs(one);
		assertThat(window.find(0)).isSameAs(two);
		assertThat(window.find(1)).isNull();
		assertThat(window.find(Correlation.STRAY)).isNull();
		assertThat(window.waiting()).containsExactly(one, two);
		assertThat(window.isWaiting(one)).isTrue();
		window.remove(one);
		window.remove(one);
		assertThat(window.isWaiting(one)).isFalse();
		assertThat(window.find(Long.MAX_VALUE)).isNull();
		assertThat(window.waiting()).containsExactly(two);
	}

	@Test
	void findsTheOldestThatWaits() {
		FlowWindow window = new FlowWindow(3);
		assertThat(window.find(Correlation.OLDEST)).isNull();
		FlowDatagram first = add(window, 9);
		FlowDatagram second = add(window, 1);
		FlowDatagram third = add(window, 5);
		assertThat(window.find(Correlation.OLDEST)).isSameAs(first);
		window.remove(second);
		assertThat(window.find(Correlation.OLDEST)).isSameAs(first);
		window.remove(first);
		assertThat(window.find(Correlation.OLDEST)).isSameAs(third);
		FlowDatagram fourth = add(window, 9);
		assertThat(window.find(Correlation.OLDEST)).isSameAs(third);
		window.remove(third);
		assertThat(window.find(Correlation.OLDEST)).isSameAs(fourth);
		window.remove(fourth);
		assertThat(window.find(Correlation.OLDEST)).isNull();
	}

	/** As far as they are quoted. */
	@Test
	void findsWhatIsQuotedByItsEnd() throws Exception {
		FlowWindow window = new FlowWindow(3);
		List<FlowDatagram> all = new ArrayList<>();
		for (int length : new int[]{65, 96, 1_000}) {
			byte[] payload = new byte[length];
			payload[length - 1] = 1;
			FlowDatagram datagram = new FlowDatagram(this.idle.get(), all.size(), payload, 1);
			window.add(datagram);
			all.add(datagram);
			ByteBuffer quoted = ByteBuffer.allocate(length + 8).put(4, payload).position(4).limit(length + 4);
			assertThat(window.findQuoted(Correlation.OLDEST, quoted)).isSameAs(datagram);
			assertThat(window.findQuoted(datagram.key(), quoted)).isSameAs(datagram);
			assertThat(window.findQuoted(Correlation.OLDEST, quoted.limit(length + 3))).isSameAs(all.getLast());
			assertThat(window.findQuoted(datagram.key(), quoted.limit(68))).isSameAs(datagram);
		}
	}

	/** And takes no time for all. */
	@Test
	void findsWhatIsQuotedAmongTheOldestAndTheNewest() {
		FlowWindow window = new FlowWindow(5_000);
		for (int key = 0; key < 5_000; key++) {
			byte[] payload = ByteBuffer.allocate(100).putInt(96, key).array();
			window.add(new FlowDatagram(this.idle.get(), key, payload, 1));
		}
		for (int key : new int[]{0, 2_047, 2_952, 4_999}) {
			assertThat(window.findQuoted(Correlation.OLDEST, ByteBuffer.allocate(100).putInt(96, key).rewind()))
					.extracting(FlowDatagram::key).isEqualTo((long) key);
		}
		assertThat(window.findQuoted(Correlation.OLDEST, ByteBuffer.allocate(100).putInt(96, 2_500).rewind())).isNull();
	}

	@ParameterizedTest
	@ValueSource(ints = {1, 2, 3, 64, 100, FlowSettings.MAX_WINDOW})
	void isFullWhenAsManyWait(int size) {
		FlowWindow window = new FlowWindow(size);
		assertThat(window.isWaiting()).isFalse();
		for (int key = 0; key < size; key++) {
			assertThat(window.isFull()).isFalse();
			add(window, key);
			assertThat(window.isWaiting()).isTrue();
		}
		assertThat(window.isFull()).isTrue();
		window.remove(datagram(0));
		assertThat(window.isFull()).as("another with that key").isTrue();
		window.remove(window.waiting().getFirst());
		assertThat(window.isFull()).isFalse();
		assertThat(window.isWaiting()).isEqualTo(size > 1);
	}

	@Test
	void aKeyIsFreeWhileNoneWaitsWithIt() {
		FlowWindow window = new FlowWindow(2);
		FlowDatagram datagram = add(window, 7);
		assertThat(window.isFree(7)).isFalse();
		assertThat(window.isFree(Correlation.OLDEST)).isFalse();
		assertThat(window.isFree(8)).isTrue();
		window.remove(datagram);
		assertThat(window.isFree(7)).isTrue();
	}

	/** Starts are those where the number has no bit left for a sign, or none at all, and 0. */
	@ParameterizedTest
	@CsvSource(textBlock = """
			0,          1
			0,          3
			0,          64
			2147483640, 1
			2147483640, 3
			2147483640, 5
			2147483640, 100
			-5,         1
			-5,         3
			-5,         64
			-5,         100
			""")
	void knowsThoseThatWaitByTheirNumbers(int start, int size) {
		FlowWindow window = new FlowWindow(size, start);
		assertThat(window.sent(start)).isNull();
		assertThat(window.sent(start - 1)).isNull();
		List<FlowDatagram> left = new ArrayList<>();
		for (int i = 0; i < 3 * size + 20; i++) {
			if (window.isFull()) {
				window.remove(left.get(i - size));
				assertThat(window.sent(start + i - size)).isNull();
			}
			left.add(add(window, i));
			for (int age = 0; age < Math.min(size, left.size()); age++) {
				assertThat(window.sent(start + i - age)).isSameAs(left.get(i - age));
			}
			assertThat(window.sent(start + i + 1)).isNull();
			assertThat(window.sent(start + i + Integer.MIN_VALUE)).isNull();
			assertThat(window.sent(start + i - 2 * size)).isNull();
		}
	}

}
