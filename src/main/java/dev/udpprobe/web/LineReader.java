package dev.udpprobe.web;

import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;

/**
 * Reads lines of bytes that end in LF, or in CR LF, without keeping more of any line than
 * may be sent.
 */
final class LineReader {

	private static final Line TOO_LONG = new Line(new byte[0], true);

	private final InputStream in;

	private final int maxLength;

	private final BodyBuffer line;

	private boolean skipping;

	/**
	 * A line.
	 *
	 * @param bytes without the line's end; empty where it is too long
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Line(byte[] bytes, boolean tooLong) {}

	LineReader(InputStream in, int maxLength, BodyBudget.Share share) {
		this.in = in;
		this.maxLength = maxLength;
		// One more, which may be the CR of a line that fits.
		this.line = new BodyBuffer(share, maxLength + 1);
	}

	/**
	 * Reads the next line. One that is too long is returned as soon as that is known; the
	 * rest of it is skipped by the next call.
	 * @return the line, or null at the end
	 * @throws BodyBudget.ExhaustedException if there is no memory for it; the rest of it is
	 * skipped by the next call
	 */
	@Nullable
	Line next() throws IOException {
		if (this.skipping && !skip()) {
			return null;
		}
		this.line.clear();
		int read;
		while ((read = this.in.read()) != '\n') {
			if (read < 0) {
				return (this.line.length() == 0) ? null : line(this.line.toByteArray());
			}
			if (this.line.isFull()) {
				this.skipping = true;
				return TOO_LONG;
			}
			add(read);
		}
		this.line.dropReturn();
		return line(this.line.toByteArray());
	}

	private void add(int value) {
		try {
			this.line.add(value);
		}
		catch (BodyBudget.ExhaustedException ex) {
			this.skipping = true;
			throw ex;
		}
	}

	private Line line(byte[] bytes) {
		return (bytes.length > this.maxLength) ? TOO_LONG : new Line(bytes, false);
	}

	private boolean skip() throws IOException {
		int read;
		while ((read = this.in.read()) != '\n') {
			if (read < 0) {
				return false;
			}
		}
		this.skipping = false;
		return true;
	}

}
