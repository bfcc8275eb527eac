package dev.udpprobe.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.udpprobe.destination.BadRequestException;

/**
 * The other pages of a list, as links (RFC 8288) that are relative to the request.
 */
final class PageLinks {

	/** There are four in the head of an answer, which has 8 KiB. */
	private static final int MAX_QUERY = 1_500;

	private final String query;

	private final int page;

	private final int last;

	/**
	 * @param page from 1; it may be behind the last one
	 * @throws BadRequestException if what the request says is too long to be said again
	 */
	PageLinks(Fields fields, int page, int last) {
		this.query = query(fields);
		this.page = page;
		this.last = last;
		if (this.query.length() > MAX_QUERY) {
			throw new BadRequestException("query", "it takes at most %,d characters".formatted(MAX_QUERY));
		}
	}

	private static String query(Fields fields) {
		StringBuilder query = new StringBuilder("?");
		fields.given().forEach((field, values) -> {
			if (field != Field.PAGE) {
				values.forEach((value) -> query.append(field.label()).append('=')
						.append(URLEncoder.encode(value, StandardCharsets.UTF_8)).append('&'));
			}
		});
		return query.toString();
	}

	private String to(int number) {
		return this.query + Field.PAGE.label() + "=" + number;
	}

	boolean hasNext() {
		return this.page < this.last;
	}

	/**
	 * @return the query of the next page
	 */
	String next() {
		return to(this.page + 1);
	}

	/**
	 * @return the value of the header Link
	 */
	String header() {
		List<String> links = new ArrayList<>();
		links.add(link(1, "first"));
		if (this.page > 1) {
			links.add(link(Math.min(this.page - 1, this.last), "prev"));
		}
		if (hasNext()) {
			links.add(link(this.page + 1, "next"));
		}
		links.add(link(this.last, "last"));
		return String.join(", ", links);
	}

	private String link(int number, String relation) {
		return "<%s>; rel=\"%s\"".formatted(to(number), relation);
	}

}
