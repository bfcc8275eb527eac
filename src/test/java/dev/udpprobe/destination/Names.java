package dev.udpprobe.destination;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/**
 * Name servers that are silent about names that begin with slow until they are released.
 * Names below invalid have no address.
 */
final class Names implements Resolver.NameService {

	static final InetAddress ADDRESS = InetAddress.ofLiteral("192.0.2.1");

	private final CountDownLatch released = new CountDownLatch(1);

	/** All names that were looked up, as often as that was. */
	private final Collection<String> asked = new ConcurrentLinkedQueue<>();

	@Override
	public List<InetAddress> lookUp(String name) throws UnknownHostException {
		this.asked.add(name);
		if (name.startsWith("slow")) {
			try {
				this.released.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}
		if (name.endsWith(".invalid")) {
			throw new UnknownHostException(name);
		}
		return List.of(ADDRESS);
	}

	void release() {
		this.released.countDown();
	}

	Collection<String> asked() {
		return this.asked;
	}

}
