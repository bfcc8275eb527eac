package dev.udpprobe.echo;

import org.jspecify.annotations.Nullable;

/**
 * Whether a peer's turn has come. Asked by the thread that judges, under the lock of the
 * {@link Sessions}.
 */
@FunctionalInterface
public interface Admission {

	/** Everybody's has. */
	Admission ALL = (_, _) -> null;

	/**
	 * @param index of the peer's datagram among those that are judged
	 * @return why it is not to be answered, or null
	 */
	@Nullable
	DropReason dropReason(PeerAddress peer, int index);

}
