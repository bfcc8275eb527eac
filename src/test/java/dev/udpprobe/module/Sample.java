package dev.udpprobe.module;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.config.LibraryModules;

/**
 * What a module of the library asks, and the true answer to it, which is written by hand from the specification of its protocol.
 *
 * @param port of the protocol
 * @param settings what the module is told, by name
 * @param answer bytes in hexadecimal digits, <code>00*40</code> for forty of them; texts in quotes; <code>{4-8}</code> for those bytes of the request, which the answer
 * must have, <code>{md5}</code> for what RADIUS proves an answer with, <code>{?4-8}</code> for those that it need not have, <code>{Via}</code> for the value of a header of the request,
 * <code>{'text'}</code> for a text that the answer must have; an exclamation mark where it may be cut
 * @param behind what it is taken for with rubbish behind it
 * @param before what asks for more first; null for nothing
 */
record Sample(String module, int port, Map<String, String> settings, String answer, Taken behind,
		@Nullable String before) {

	private static final Modules LIBRARY = LibraryModules.with(LibraryModules.SECRETS);

	private static final InetSocketAddress LOCAL = new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000);

	private static final Pattern TOKEN = Pattern
			.compile(
					"'(?<text>(?:[^'\\\\]|\\\\.)*)'|\\{(?<place>'[^']*'|[^}']*)}|(?<hex>(?:[0-9A-F]{2})+)(?:\\*(?<times>\\d+))?|(?<cut>!)|\\s+");

	private static final Pattern RANGE = Pattern.compile("(?<any>\\?)?(?<from>\\d+)-(?<to>\\d*)");

	private static final List<Sample> ALL = Samples.TABLE.lines().map(Sample::of).toList();

	/**
	 * What a datagram is taken for.
	 */
	enum Taken {

		STRAY, BAD, GOOD

	}

	/**
	 * Some bytes of an answer.
	 */
	record Place(int from, int to) {}

	/**
	 * An answer.
	 *
	 * @param ids where the bytes are by which it is known that it is the answer
	 * @param whole how many bytes make it good
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Answer(byte[] bytes, List<Place> ids, int whole) {}

	/**
	 * @return one of each module that has answers
	 */
	static List<Sample> all() {
		return ALL;
	}

	private static Sample of(String row) {
		String[] cells = row.split(" \\| ", -1);
		String[] asked = cells[0].strip().split(" ", -1);
		Map<String, String> settings = new LinkedHashMap<>();
		for (String setting : Arrays.asList(asked).subList(1, asked.length)) {
			String[] parts = setting.split("=", 2);
			settings.put(parts[0], parts[1]);
		}
		String[] name = asked[0].split(":", -1);
		ProbeModule module = Objects.requireNonNull(LIBRARY.find(name[0]), name[0]);
		return new Sample(name[0], (name.length > 1) ? Integer.parseInt(name[1]) : module.port(), settings, cells[1],
				Taken.valueOf(cells[2].strip()), (cells.length > 3) ? cells[3].strip() : null);
	}

	ProbeModule asks() {
		return Objects.requireNonNull(LIBRARY.find(this.module));
	}

	/**
	 * @return whether it sends back what it gets, with more or nothing beside it
	 */
	boolean isEcho() {
		return this.answer.contains("{0-}");
	}

	ModuleRequest request() {
		return asks().request(Map.of(), this.settings, null);
	}

	/**
	 * @return what it asks, with fresh ids
	 */
	Said ask() {
		return request().say("127.0.0.1:" + this.port, LOCAL);
	}

	/**
	 * @return the bytes of the true answer
	 */
	byte[] bytes(byte[] request) {
		return answer(request).bytes();
	}

	/**
	 * @return the true answer to what the module asks
	 */
	Answer answer(byte[] request) {
		return answer(this.answer, request);
	}

	/**
	 * @return the true answer to another request; by its ids, where it has any, it is known that it is not that to this one. An id may
	 * have one byte, and so come again
	 */
	Answer earlier(byte[] request) {
		Answer earlier = answer(ask().datagram());
		while (!earlier.ids().isEmpty() && Arrays.equals(earlier.bytes(), bytes(request))) {
			earlier = answer(ask().datagram());
		}
		return earlier;
	}

	/**
	 * @return the bytes of what asks for more; null if nothing does
	 */
	byte @Nullable [] before(byte[] request) {
		return (this.before != null) ? answer(this.before, request).bytes() : null;
	}

	private static Answer answer(String text, byte[] request) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		List<Place> ids = new ArrayList<>();
		int whole = -1;
		int authenticator = -1;
		Matcher tokens = TOKEN.matcher(text);
		while (tokens.lookingAt()) {
			int from = bytes.size();
			String place = tokens.group("place");
			if ("md5".equals(place)) {
				authenticator = from;
				bytes.writeBytes(Arrays.copyOfRange(request, 4, 20));
			}
			else if (place != null) {
				bytes.writeBytes(taken(place, request));
			}
			if (place != null && !place.startsWith("?")) {
				ids.add(new Place(from, bytes.size()));
			}
			String quoted = tokens.group("text");
			if (quoted != null) {
				bytes.writeBytes(Octets.text(quoted.translateEscapes()));
			}
			String hex = tokens.group("hex");
			if (hex != null) {
				String times = tokens.group("times");
				bytes.writeBytes(HexFormat.of().parseHex(hex.repeat((times != null) ? Integer.parseInt(times) : 1)));
			}
			if (tokens.group("cut") != null) {
				whole = from;
			}
			tokens.region(tokens.end(), text.length());
		}
		if (tokens.regionStart() < text.length()) {
			throw new AssertionError("not read: " + text.substring(tokens.regionStart()));
		}
		byte[] all = bytes.toByteArray();
		if (authenticator >= 0) {
			// RFC 2865 3: of the answer with the request's authenticator in the place of its own, and the secret.
			System.arraycopy(Octets.md5(all, Octets.text(Samples.SECRET)), 0, all, authenticator, 16);
		}
		return new Answer(all, ids, (whole >= 0) ? whole : all.length);
	}

	private static byte[] taken(String place, byte[] request) {
		if (place.startsWith("'")) {
			return Octets.text(place.substring(1, place.length() - 1));
		}
		Matcher range = RANGE.matcher(place);
		if (!range.matches()) {
			return Octets.text(Octets.header(request, place.replace("?", "")));
		}
		String to = range.group("to");
		return Arrays.copyOfRange(request, Integer.parseInt(range.group("from")),
				to.isEmpty() ? request.length : Integer.parseInt(to));
	}

	@Override
	public String toString() {
		return this.module;
	}

}
