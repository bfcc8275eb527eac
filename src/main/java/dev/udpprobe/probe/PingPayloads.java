package dev.udpprobe.probe;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.exchange.Correlation;
import dev.udpprobe.exchange.Flow;
import dev.udpprobe.exchange.FlowDatagram;
import dev.udpprobe.exchange.FlowSettings;
import dev.udpprobe.module.Judgement;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.path.Payloads;

/**
 * What a ping sends from one port, and how it knows the answers. Keys are the numbers of datagrams. To send
 * is for one thread, and the rest for the loop's.
 */
interface PingPayloads extends Correlation {

	/**
	 * @param number from 0
	 */
	CompletableFuture<FlowDatagram> send(Flow flow, int number);

	/**
	 * @return how many may wait at once
	 */
	default int window() {
		return FlowSettings.MAX_WINDOW;
	}

	/**
	 * @return bytes of each payload, with what signs them; 0 where they differ
	 */
	default int bytes() {
		return 0;
	}

	/**
	 * A datagram is over.
	 * @param waited for what came of it
	 * @return what a module makes of it; null without one
	 */
	default @Nullable Judgement over(int number, Outcome outcome, Duration waited) {
		return null;
	}

	/**
	 * Payloads that an echo tells apart.
	 *
	 * @param length of each without what signs it, in bytes
	 */
	record Numbered(Payloads payloads, int length, Duration timeout) implements PingPayloads {

		@Override
		public CompletableFuture<FlowDatagram> send(Flow flow, int number) {
			return this.payloads.send(flow, number, this.length, this.timeout);
		}

		@Override
		public int bytes() {
			return this.length + this.payloads.signature();
		}

		@Override
		public long answered(ByteBuffer payload) {
			return this.payloads.answered(payload);
		}

		@Override
		public long quoted(ByteBuffer payload) {
			return this.payloads.quoted(payload);
		}

	}

	/**
	 * A message, each time.
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Same(UnaryOperator<byte[]> signing, byte[] message, Duration timeout) implements PingPayloads {

		@Override
		public CompletableFuture<FlowDatagram> send(Flow flow, int number) {
			return flow.send(number, this.signing.apply(this.message), this.timeout);
		}

		@Override
		public int bytes() {
			return this.signing.apply(this.message).length;
		}

		@Override
		public long answered(ByteBuffer payload) {
			return OLDEST;
		}

		@Override
		public long quoted(ByteBuffer payload) {
			return OLDEST;
		}

	}

}
