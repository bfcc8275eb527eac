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

	private final int offset;

	private final int limit;

	private final int total;

	/**
	 * @param offset how many are left out before this page; there may be fewer
	 * @param limit of what a page has, at least 1
	 * @param total on all pages
	 * @throws BadRequestException if what the request says is too long to be said again
	 */
	PageLinks(Fields fields, int offset, int limit, int total) {
		this.query = query(fields);
		this.offset = offset;
		this.limit = limit;
		this.total = total;
		if (this.query.length() > MAX_QUERY) {
			throw new BadRequestException("query", "it takes at most %,d characters".formatted(MAX_QUERY));
		}
	}

	private static String query(Fields fields) {
		StringBuilder query = new StringBuilder("?");
		fields.given().forEach((field, values) -> {
			if (field != Field.OFFSET) {
				values.forEach((value) -> query.append(field.label()).append('=')
						.append(URLEncoder.encode(value, StandardCharsets.UTF_8)).append('&'));
			}
		});
		return query.toString();
	}

	private String to(int some) {
		return this.query + Field.OFFSET.label() + "=" + some;
	}

	boolean hasNext() {
		return this.total - this.limit > this.offset;
	}

	/**
	 * @return the query of the next page
	 */
	String next() {
		return to(this.offset + this.limit);
	}

	/**
	 * @return the value of the header Link
	 */
	String header() {
		int last = Math.max(0, this.total - 1) / this.limit * this.limit;
		List<String> links = new ArrayList<>();
		links.add(link(to(0), "first"));
		if (this.offset > 0) {
			links.add(link(to(Math.max(0, Math.min(this.offset - this.limit, last))), "prev"));
		}
		if (hasNext()) {
			links.add(link(next(), "next"));
		}
		links.add(link(to(last), "last"));
		return String.join(", ", links);
	}

	private static String link(String to, String relation) {
		return "<%s>; rel=\"%s\"".formatted(to, relation);
	}

}
