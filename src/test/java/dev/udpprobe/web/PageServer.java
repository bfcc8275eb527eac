package dev.udpprobe.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * The server of a stranger's page. Whatever else it is asked for, it is the service under
 * test that answers, as after the stranger has pointed the name of his server there.
 */
final class PageServer implements AutoCloseable {

	private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final String page;

	private final int service;

	/**
	 * @param page what {@code GET /page} is answered with, HTML
	 * @param service the port that the name moves to
	 */
	PageServer(String page, int service) throws IOException {
		this.page = page;
		this.service = service;
		Thread.ofVirtual().start(this::accept);
	}

	int port() {
		return this.socket.getLocalPort();
	}

	private void accept() {
		while (!this.socket.isClosed()) {
			try {
				Socket client = this.socket.accept();
				Thread.ofVirtual().start(() -> serve(client));
			}
			catch (IOException _) {
				// Closed.
			}
		}
	}

	private void serve(Socket client) {
		try (client) {
			String line = line(client.getInputStream());
			if (line.startsWith("GET /page ")) {
				answer(client.getOutputStream());
			}
			else {
				forward(client, line);
			}
		}
		catch (IOException _) {
			// The browser has left, or the service.
		}
	}

	private static String line(InputStream in) throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		int read = 0;
		while (read != '\n' && (read = in.read()) >= 0) {
			line.write(read);
		}
		return line.toString(StandardCharsets.ISO_8859_1);
	}

	private void answer(OutputStream out) throws IOException {
		out.write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
				.formatted(this.page.length(), this.page)
				.getBytes(StandardCharsets.US_ASCII));
	}

	private void forward(Socket client, String line) throws IOException {
		try (Socket there = new Socket(InetAddress.getLoopbackAddress(), this.service)) {
			there.getOutputStream().write(line.getBytes(StandardCharsets.ISO_8859_1));
			Thread.ofVirtual().start(() -> {
				try {
					client.getInputStream().transferTo(there.getOutputStream());
				}
				catch (IOException _) {
					// Ended by the other direction.
				}
			});
			there.getInputStream().transferTo(client.getOutputStream());
		}
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
