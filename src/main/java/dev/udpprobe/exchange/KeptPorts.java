package dev.udpprobe.exchange;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.exchange.ExchangeOptions.SocketKind;

/**
 * Has all exchanges of one caller with one target leave from one local port, which load balancers
 * keep on one path. At most 1,024 ports are kept: the one that was not used for longest gives way. Safe for
 * any number of threads.
 *
 * <p>
 * What comes late for one exchange may be taken for the answer to the next one from there, so this is
 * for dialogues that tell them apart.
 */
public final class KeptPorts {

	private static final int MAX = 1_024;

	/**
	 * Who sends, and to whom.
	 */
	private record Path(Object caller, InetSocketAddress remote) {}

	private final int max;

	private final Map<Path, Integer> ports = new LinkedHashMap<>(16, 0.75f, true) {
		@Override
		protected boolean removeEldestEntry(Map.Entry<Path, Integer> eldest) {
			return size() > KeptPorts.this.max;
		}
	};

	public KeptPorts() {
		this(MAX);
	}

	/**
	 * @param max how many ports are kept, at least 1
	 */
	KeptPorts(int max) {
		this.max = max;
	}

	/**
	 * Begins an exchange from the port that is kept for it. If there is none, or it cannot be used
	 * now, such as while another exchange has it, a fresh one is taken and kept. If the options name a
	 * port, or the socket is not connected, none is kept.
	 * @param caller by {@code equals}
	 * @return the same, and for the same reasons an exception, as of
	 * {@link ExchangeEngine#exchange(InetSocketAddress, ExchangeOptions, Dialogue)}, but no
	 * {@link LocalPortException} for a port that is kept
	 */
	public CompletableFuture<Exchange> exchange(ExchangeEngine engine, Object caller, InetSocketAddress remote,
			ExchangeOptions options, Dialogue dialogue) {
		if (options.socket() != SocketKind.CONNECTED || options.sourcePort() != null) {
			return engine.exchange(remote, options, dialogue);
		}
		Path path = new Path(caller, remote);
		Dialogue keeping = new Keeping(dialogue, path);
		Integer port = kept(path);
		if (port != null) {
			try {
				return engine.exchange(remote, options.leavingFrom(port), keeping, true);
			}
			catch (LocalPortException _) {
				// A fresh one, then.
			}
		}
		return engine.exchange(remote, options, keeping, true);
	}

	private synchronized @Nullable Integer kept(Path path) {
		return this.ports.get(path);
	}

	private synchronized void keep(Path path, int port) {
		this.ports.put(path, port);
	}

	/**
	 * @return how many ports are kept
	 */
	synchronized int size() {
		return this.ports.size();
	}

	/**
	 * Keeps the port as soon as it is known, so before anybody hears how the exchange ended.
	 */
	private final class Keeping implements Dialogue {

		private final Dialogue dialogue;

		private final Path path;

		private Keeping(Dialogue dialogue, Path path) {
			this.dialogue = dialogue;
			this.path = path;
		}

		@Override
		public Send first(InetSocketAddress local) {
			keep(this.path, local.getPort());
			return this.dialogue.first(local);
		}

		@Override
		public Step received(ByteBuffer datagram) {
			return this.dialogue.received(datagram);
		}

		@Override
		public @Nullable Send silent() {
			return this.dialogue.silent();
		}

	}

}
