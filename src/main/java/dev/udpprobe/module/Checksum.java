package dev.udpprobe.module;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * A checksum in a datagram, of the innermost group that it is in.
 *
 * @param xor what it is XORed with, as a number; 0 for nothing
 * @param names of the values that go into it, of which the last one is the key; none for a checksum without one
 */
record Checksum(Kind kind, int xor, List<String> names) {

	/** As {@link #read} is asked for one. */
	private static final Pattern ANY = Pattern
			.compile(Stream.of(Kind.values()).map(Kind::label).collect(Collectors.joining("|", ":(", ")")));

	/**
	 * How it is made.
	 */
	enum Kind {

		/** Of the Internet (RFC 1071), of all bytes, with its own two as 0. */
		INET(2, 0),

		/** That of Ethernet, of the bytes before it. */
		CRC32(4, 0),

		/** That of SCTP and iSCSI (RFC 3720 12.1), of the bytes before it. */
		CRC32C(4, 0),

		/** The byte that makes the sum 0, of the bytes before it, as IPMI has it. */
		SUM8(1, 0),

		/** By a key (RFC 2104), of all bytes, with its own as 0: a Message-Authenticator of RADIUS (RFC 3579 3.2). */
		HMAC_MD5(16, 1),

		/** Of all bytes, with a value in its own place, and the key behind: a Response Authenticator of RADIUS (RFC 2865 3). */
		MD5(16, 2);

		private final int length;

		private final int names;

		Kind(int length, int names) {
			this.length = length;
			this.names = names;
		}

		private String label() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

	/**
	 * @param layout which is not read for that, so that what stands in a quoted text counts, too
	 * @return whether it may have one
	 */
	static boolean mayBeIn(String layout) {
		return ANY.matcher(layout).find();
	}

	/**
	 * Reads one, and passes it, if it is next.
	 * @param name reads the name of a value that goes into it, and passes it
	 * @return null if it is not
	 */
	static @Nullable Checksum read(Cursor in, Supplier<String> name) {
		for (Kind kind : Kind.values()) {
			if (in.takeWord(kind.label())) {
				int xor = (kind.names == 0 && in.take("^")) ? xor(in, kind.length) : 0;
				return new Checksum(kind, xor, Stream.generate(name).limit(kind.names).toList());
			}
		}
		return null;
	}

	private static int xor(Cursor in, int length) {
		int start = in.at();
		byte[] bytes = Literals.hex(in);
		if (bytes.length != length) {
			throw in.wrong(start, "it takes as many bytes as the checksum has");
		}
		return (int) new NumberType(length, false, false).decode(bytes);
	}

	/**
	 * @return in bytes
	 */
	int length() {
		return this.kind.length;
	}

	/**
	 * @return whether it is of what follows, too
	 */
	boolean isOfAll() {
		return this.kind == Kind.INET || isKeyed();
	}

	/**
	 * @return whether only who knows its key can make it
	 */
	boolean isKeyed() {
		return this.kind.names > 0;
	}

	/**
	 * @param bytes of the group: all, or those before it
	 * @param at where it stands in them
	 * @param values by name
	 */
	byte[] of(byte[] bytes, int at, Function<String, byte[]> values) {
		return switch (this.kind) {
			case INET -> {
				int sum = ~inet(bytes, at) ^ this.xor;
				yield new byte[]{(byte) (sum >> Byte.SIZE), (byte) sum};
			}
			case CRC32 -> {
				CRC32 crc = new CRC32();
				crc.update(bytes, 0, at);
				yield number((int) crc.getValue());
			}
			case CRC32C -> {
				CRC32C crc = new CRC32C();
				crc.update(bytes, 0, at);
				yield number((int) crc.getValue());
			}
			case SUM8 -> {
				int sum = 0;
				for (int i = 0; i < at; i++) {
					sum += bytes[i];
				}
				yield new byte[]{(byte) (-sum ^ this.xor)};
			}
			case HMAC_MD5 -> hmac(with(new byte[this.kind.length], bytes, at), values.apply(this.names.getLast()));
			case MD5 -> {
				MessageDigest md5 = md5();
				md5.update(with(values.apply(this.names.getFirst()), bytes, at));
				yield md5.digest(values.apply(this.names.getLast()));
			}
		};
	}

	/**
	 * @return the bytes, with others in its place
	 */
	private byte[] with(byte[] others, byte[] bytes, int at) {
		byte[] all = bytes.clone();
		System.arraycopy(Arrays.copyOf(others, this.kind.length), 0, all, at, this.kind.length);
		return all;
	}

	private static byte[] hmac(byte[] bytes, byte[] key) {
		try {
			Mac mac = Mac.getInstance("HmacMD5");
			// Java takes no empty key, and a key is filled up with 00 anyway.
			mac.init(new SecretKeySpec((key.length > 0) ? key : new byte[1], "HmacMD5"));
			return mac.doFinal(bytes);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static MessageDigest md5() {
		try {
			return MessageDigest.getInstance("MD5");
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private byte[] number(int crc) {
		return ByteBuffer.allocate(Integer.BYTES).putInt(crc ^ this.xor).array();
	}

	private static int inet(byte[] bytes, int at) {
		int sum = 0;
		for (int i = 0; i < bytes.length; i++) {
			if (i < at || i >= at + 2) {
				sum += Byte.toUnsignedInt(bytes[i]) << ((i % 2 == 0) ? Byte.SIZE : 0);
			}
		}
		while (sum >>> 16 != 0) {
			sum = (sum & 0xffff) + (sum >>> 16);
		}
		return sum;
	}

}
