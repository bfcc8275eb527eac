package dev.udpprobe.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Reads lines of bytes that end in LF, or in CR LF, without keeping more of any line than
 * may be sent.
 */
final class LineReader {

	private final InputStream in;

	private final int maxLength;

	private boolean skipping;

	/**
	 * A line.
	 *
	 * @param bytes without the line's end; empty where it is too long
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Line(byte[] bytes, boolean tooLong) {}

	LineReader(InputStream in, int maxLength) {
		this.in = in;
		this.maxLength = maxLength;
	}

	/**
	 * Reads the next line. One that is too long is returned as soon as that is known; the
	 * rest of it is skipped by the next call.
	 * @return the line, or null at the end
	 */
	@Nullable
	Line next() throws IOException {
		if (this.skipping && !skip()) {
			return null;
		}
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		int read;
		while ((read = this.in.read()) != '\n') {
			if (read < 0) {
				return (line.size() == 0) ? null : line(line.toByteArray());
			}
			if (line.size() > this.maxLength) {
				this.skipping = true;
				return new Line(new byte[0], true);
			}
			line.write(read);
		}
		return line(withoutReturn(line.toByteArray()));
	}

	private Line line(byte[] bytes) {
		return (bytes.length > this.maxLength) ? new Line(new byte[0], true) : new Line(bytes, false);
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

	private static byte[] withoutReturn(byte[] line) {
		boolean ends = line.length > 0 && line[line.length - 1] == '\r';
		return ends ? Arrays.copyOf(line, line.length - 1) : line;
	}

}
