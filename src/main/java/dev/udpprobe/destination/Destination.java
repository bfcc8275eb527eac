package dev.udpprobe.destination;

import java.net.InetSocketAddress;

import dev.udpprobe.auth.Signer;

/**
 * Where one may send to.
 *
 * @param address the very one that the policy judged
 */
public record Destination(Target target, InetSocketAddress address) {

	/**
	 * @return the datagram's payload: the message, signed where somebody signs
	 */
	public byte[] payload(byte[] message) {
		Signer signer = this.target.signer();
		return (signer != null) ? signer.signed(message) : message;
	}

	/**
	 * @param payload that leaves
	 * @return the same for whoever may see it
	 */
	public byte[] shown(byte[] payload) {
		return (this.target.signer() != null) ? Signer.shown(payload) : payload;
	}

}
