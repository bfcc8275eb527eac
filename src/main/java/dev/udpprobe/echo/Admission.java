package dev.udpprobe.echo;

import org.jspecify.annotations.Nullable;

/**
 * Decides whether it is a peer's turn. Asked by the thread that judges, under the lock of
 * the {@link Sessions}.
 */
@FunctionalInterface
public interface Admission {

	/** It is always everybody's turn. */
	Admission ALL = (_, _) -> null;

	/**
	 * @param index of the peer's datagram among those that are judged
	 * @return why it is not to be answered, or null
	 */
	@Nullable
	DropReason dropReason(PeerAddress peer, int index);

}
