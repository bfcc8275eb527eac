package dev.udpprobe.server;

import org.springframework.core.log.LogAccessor;

import dev.udpprobe.echo.Datagram;
import dev.udpprobe.echo.Datagrams;
import dev.udpprobe.echo.DropReason;
import dev.udpprobe.echo.EchoCounts;
import dev.udpprobe.echo.LogBudget;
import dev.udpprobe.linux.DatagramBatch;
import dev.udpprobe.linux.ReplyBatch;

/**
 * Sends the replies to a batch through the socket that it came in by. The receiving
 * thread's.
 */
final class NativeReplies implements Replies {

	private static final LogAccessor logger = new LogAccessor(NativeReplies.class);

	private final LogBudget logBudget = new LogBudget(1);

	private final NativeSocket socket;

	private final DatagramBatch batch;

	private final EchoCounts counts;

	NativeReplies(NativeSocket socket, DatagramBatch batch, EchoCounts counts) {
		this.socket = socket;
		this.batch = batch;
		this.counts = counts;
	}

	@Override
	public void send(Datagrams datagrams) {
		ReplyBatch replies = this.batch.replies();
		replies.clear();
		int count = 0;
		long bytes = 0;
		for (int i = 0; i < datagrams.count(); i++) {
			Datagram datagram = datagrams.get(i);
			if (datagram.isToAnswer()) {
				replies.add(i, datagram.replyLength());
				bytes += datagram.replyLength();
				count++;
			}
		}
		int failures = this.socket.send(this.batch);
		if (failures > 0) {
			bytes -= failed(datagrams, replies);
		}
		this.counts.replied(count - failures, bytes);
		for (int i = 0; i < datagrams.count(); i++) {
			datagrams.get(i).settled();
		}
	}

	/**
	 * @return bytes of the replies that were not sent
	 */
	private long failed(Datagrams datagrams, ReplyBatch replies) {
		long bytes = 0;
		int reply = 0;
		for (int i = 0; i < datagrams.count(); i++) {
			Datagram datagram = datagrams.get(i);
			if (datagram.isToAnswer() && replies.hasFailed(reply++)) {
				this.counts.dropped(DropReason.SEND_FAILED);
				bytes += datagram.replyLength();
				if (this.logBudget.take()) {
					logger.warn("cannot reply to " + datagram.peer() + ": " + replies.failure());
				}
			}
		}
		return bytes;
	}

}
