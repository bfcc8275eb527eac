package dev.udpprobe.monitoring;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import dev.udpprobe.web.Http;
import dev.udpprobe.web.UdpPeer;

/**
 * Makes the service under test count something of each kind.
 */
final class Traffic {

	/** With the greeting before it, longer than a datagram may be. */
	private static final int OVERSIZED = 65_504;

	private final Http http;

	private final InetSocketAddress echo;

	private int rounds;

	Traffic(int httpPort, int echoPort) {
		this.http = new Http(httpPort);
		this.echo = new InetSocketAddress(InetAddress.getLoopbackAddress(), echoPort);
	}

	/**
	 * One exchange of each kind, one probe, one for a module that there is not, one datagram that the echo server drops, one farewell, and a
	 * pause for garbage collection.
	 */
	void round() throws Exception {
		this.http.form("message=hello").json();
		this.http.form("message=hello&target=silent&timeout=20ms").problem(504);
		this.http.form("message=hello&target=closed").problem(502);
		this.http.get("/probe?target=echo&module=echo");
		this.http.get("/probe?target=echo&module=unknown");
		this.rounds++;
		try (UdpPeer peer = UdpPeer.silent()) {
			peer.send(new byte[OVERSIZED], this.echo);
			peer.send("goodbye", this.echo);
		}
		System.gc();
	}

	/**
	 * @return how often each of them has been done
	 */
	int rounds() {
		return this.rounds;
	}

}
