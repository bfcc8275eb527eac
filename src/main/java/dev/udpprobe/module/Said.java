package dev.udpprobe.module;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A datagram that was sent, and what its answers say. For the thread that it was made by, and those behind it.
 */
interface Said {

	/** Of what is found more than once in an answer. */
	int MAX_ITEMS = 32;

	byte[] datagram();

	/**
	 * @return what the datagram says, in the order to tell it in, the caller's own from now on; null if it is no answer to this
	 */
	@Nullable
	SequencedMap<String, FieldValue> answer(byte[] datagram);

	/**
	 * @return what a datagram asks to be sent, or null if it asks for nothing
	 */
	@Nullable
	Said followUp(byte[] datagram);

	/**
	 * @return the same question once more, with fresh ids
	 * @param number of the try, from 1
	 */
	Said again(int number);

	/**
	 * By a codec.
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record ByCodec(Codec.Message message, byte[] datagram) implements Said {

		ByCodec(Codec.Message message) {
			this(message, message.next());
		}

		@Override
		public @Nullable SequencedMap<String, FieldValue> answer(byte[] datagram) {
			return this.message.answer(this.datagram, datagram);
		}

		@Override
		public @Nullable Said followUp(byte[] datagram) {
			return null;
		}

		@Override
		public Said again(int number) {
			return new ByCodec(this.message);
		}

	}

	/**
	 * By layouts.
	 *
	 * @param template which it was made by
	 * @param known the values that were known before, and those that were made with it
	 * @param before what is told of the datagram that has asked for this one
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record ByLayout(Layouts layouts, Secrets secrets, Template template, Map<String, byte[]> known,
			List<Match.Found> before, byte[] datagram) implements Said {

		/**
		 * @param layouts all of the module
		 * @param known its own from now on; those that are made are added
		 */
		static ByLayout of(Layouts layouts, Secrets secrets, Template template, Map<String, byte[]> known) {
			return of(layouts, secrets, template, known, List.of());
		}

		private static ByLayout of(Layouts layouts, Secrets secrets, Template template, Map<String, byte[]> known,
				List<Match.Found> before) {
			return new ByLayout(layouts, secrets, template, known, before, template.write(known));
		}

		@Override
		public @Nullable SequencedMap<String, FieldValue> answer(byte[] datagram) {
			Match match = match(datagram);
			for (Sequence layout : this.layouts.answer()) {
				if (!match.matches(layout)) {
					return null;
				}
			}
			return fields(this.before.isEmpty()
					? match.found()
					: Stream.concat(this.before.stream(), match.found().stream()).toList());
		}

		private Match match(byte[] datagram) {
			return new Match(datagram, this.known, this.secrets,
					(name) -> this.secrets.has(name) || this.layouts.isFresh(name));
		}

		/**
		 * What is found more than once is a list.
		 */
		static SequencedMap<String, FieldValue> fields(List<Match.Found> found) {
			SequencedMap<String, FieldValue> fields = new LinkedHashMap<>();
			found.forEach((each) -> fields.merge(each.name(), each.value(), (first, next) -> {
				Stream<String> before = (first instanceof FieldValue.Texts(List<String> texts))
						? texts.stream()
						: Stream.of(Sentence.text(first));
				return new FieldValue.Texts(
						Stream.concat(before, Stream.of(Sentence.text(next))).limit(MAX_ITEMS).toList());
			}));
			return fields;
		}

		@Override
		public @Nullable Said followUp(byte[] datagram) {
			Layouts.FollowUp followUp = this.layouts.followUp();
			if (followUp == null) {
				return null;
			}
			Match match = match(datagram);
			if (!match.matches(followUp.when())) {
				return null;
			}
			Map<String, byte[]> now = new HashMap<>(this.known);
			match.found().forEach((each) -> now.put(each.name(), each.bytes()));
			try {
				return of(this.layouts, this.secrets, followUp.send(), now,
						match.found().stream().filter((each) -> followUp.told().contains(each.name())).toList());
			}
			catch (BadSettingException _) {
				// What a peer says need not fit where it is to be sent.
				return null;
			}
		}

		@Override
		public Said again(int number) {
			Map<String, byte[]> now = new HashMap<>(this.known);
			now.put(Layouts.TRY, Layouts.utf8(Integer.toString(number)));
			return of(this.layouts, this.secrets, this.template, now, this.before);
		}

	}

}
