package dev.udpprobe.web;

import java.util.Collections;

import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

class PlainRequestTests {

	private final MockHttpServletRequest sent = new MockHttpServletRequest();

	private final HttpServletRequest shown = new PlainRequest(this.sent);

	@ParameterizedTest
	@ValueSource(strings = {"Accept-Encoding", "Range", "If-Range", "If-Modified-Since", "If-Unmodified-Since",
			"Forwarded", "X-Forwarded-For", "x-forwarded-port"})
	void whatNoAnswerNeedsIsNotShown(String name) {
		this.sent.addHeader(name, "1");
		this.sent.addHeader("Accept", "text/plain");
		assertThat(this.shown.getHeader(name)).isNull();
		assertThat(this.shown.getHeaders(name).hasMoreElements()).isFalse();
		assertThat(this.shown.getIntHeader(name)).isEqualTo(-1);
		assertThat(this.shown.getDateHeader(name)).isEqualTo(-1);
		assertThat(Collections.list(this.shown.getHeaderNames())).containsExactly("Accept");
	}

	@Test
	void theOthersAre() {
		this.sent.addHeader("Content-Length", 7);
		this.sent.addHeader("Date", 1_000_000L);
		assertThat(this.shown.getHeader("content-length")).isEqualTo("7");
		assertThat(Collections.list(this.shown.getHeaders("Content-Length"))).containsExactly("7");
		assertThat(this.shown.getIntHeader("Content-Length")).isEqualTo(7);
		assertThat(this.shown.getDateHeader("Date")).isEqualTo(1_000_000);
	}

}
