package dev.udpprobe.module;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Datagrams written by hand.
 */
final class Octets {

	private Octets() {}

	static byte[] text(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	private static String string(byte[] bytes) {
		return new String(bytes, StandardCharsets.US_ASCII);
	}

	/**
	 * @return the value of a line that begins with a name and a colon; <code>branch</code> for what differs from one to the other
	 * in that of SIP's Via
	 */
	static String header(byte[] message, String name) {
		Matcher matcher = Pattern
				.compile(name.equals("branch") ? "branch=z9hG4bK([a-z0-9]+)" : "(?m)^" + name + ": (.*)$")
				.matcher(string(message));
		if (!matcher.find()) {
			throw new AssertionError("There is no " + name);
		}
		return matcher.group(1);
	}

	/**
	 * @param parts bytes, or their hexadecimal digits
	 */
	static byte[] bytes(Object... parts) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		Stream.of(parts)
				.map((part) -> (part instanceof byte[] bytes)
						? bytes
						: HexFormat.of().parseHex(part.toString().replace(" ", "")))
				.forEach(all::writeBytes);
		return all.toByteArray();
	}

	static byte[] md5(byte[]... parts) {
		try {
			return MessageDigest.getInstance("MD5").digest(bytes((Object[]) parts));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new AssertionError(ex);
		}
	}

}
