package dev.udpprobe.web;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A request that is written bit by bit, or never to its end, while its answer is read,
 * which {@link java.net.http.HttpClient} does not do.
 */
final class RawRequest implements AutoCloseable {

	/** Of the last chunk there is nothing left to read. */
	private static final int END = -1;

	private final Socket socket;

	private final InputStream in;

	private int leftInChunk;

	/**
	 * Sends the head of a request.
	 */
	RawRequest(int port, String requestLine, String... headers) throws IOException {
		this(port, Stream.concat(Stream.of(requestLine + " HTTP/1.1", "Host: localhost"), Stream.of(headers)).toList());
	}

	/**
	 * Sends the head of a request as it is.
	 * @param head the request line and the headers
	 */
	RawRequest(int port, List<String> head) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.socket.setSoTimeout(20_000);
		this.socket.setTcpNoDelay(true);
		this.in = new BufferedInputStream(this.socket.getInputStream());
		bytes(head.stream().collect(Collectors.joining("\r\n", "", "\r\n\r\n")));
	}

	static RawRequest chunked(int port, String requestLine, String type) throws IOException {
		return new RawRequest(port, requestLine, "Content-Type: " + type, "Transfer-Encoding: chunked");
	}

	void bytes(String text) throws IOException {
		this.socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
	}

	void chunk(String text) throws IOException {
		bytes("%x\r\n%s\r\n".formatted(text.length(), text));
	}

	void end() throws IOException {
		bytes("0\r\n\r\n");
	}

	/**
	 * Reads the status line and the headers.
	 */
	String head() throws IOException {
		StringBuilder head = new StringBuilder();
		String line = rawLine();
		while (!line.isEmpty()) {
			head.append(line).append('\n');
			line = rawLine();
		}
		return head.toString();
	}

	/**
	 * Reads all that is left, until the service closes the connection.
	 */
	String rest() throws IOException {
		return new String(this.in.readAllBytes(), StandardCharsets.UTF_8);
	}

	/**
	 * Reads a line of the answer's body, which must be chunked.
	 * @return the line without its end; where the body ends, what is there
	 */
	String line() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int read = bodyByte(); read != '\n' && read >= 0; read = bodyByte()) {
			line.write(read);
		}
		return line.toString(StandardCharsets.UTF_8);
	}

	private int bodyByte() throws IOException {
		if (this.leftInChunk == 0) {
			this.leftInChunk = Integer.parseInt(rawLine(), 16);
			if (this.leftInChunk == 0) {
				this.leftInChunk = END;
			}
		}
		if (this.leftInChunk == END) {
			return END;
		}
		int read = rawByte();
		if (--this.leftInChunk == 0) {
			rawLine();
		}
		return read;
	}

	private String rawLine() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int read = rawByte(); read != '\n'; read = rawByte()) {
			line.write(read);
		}
		return line.toString(StandardCharsets.UTF_8).stripTrailing();
	}

	private int rawByte() throws IOException {
		int read = this.in.read();
		if (read < 0) {
			throw new EOFException("the service closed the connection");
		}
		return read;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
