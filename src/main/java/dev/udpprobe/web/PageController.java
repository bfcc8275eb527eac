package dev.udpprobe.web;

import java.io.IOException;
import java.time.Duration;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.resource.NoResourceFoundException;

import dev.udpprobe.access.Right;

/**
 * {@code GET /}: the page, and the files that it names.
 */
@RestController
@Hidden
class PageController {

	private static final String FILES = "/page/";

	/** The name of a file changes with what is in it. */
	private static final CacheControl FOR_EVER = CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

	private final PageFiles files;

	PageController(PageFiles files) {
		this.files = files;
	}

	@GetMapping("/")
	@Needs(Right.VIEW)
	ResponseEntity<byte[]> page(HttpServletRequest request) throws IOException {
		return answer(this.files.index(), CacheControl.noCache(), request);
	}

	@GetMapping(FILES + "{version}/**")
	@Open
	ResponseEntity<byte[]> file(HttpServletRequest request) throws IOException, NoResourceFoundException {
		String path = RequestReader.path(request);
		PageFiles.File file = this.files.find(path.substring(FILES.length()));
		if (file == null) {
			throw new NoResourceFoundException(HttpMethod.GET, path, path.substring(1));
		}
		return answer(file, FOR_EVER, request);
	}

	private static ResponseEntity<byte[]> answer(PageFiles.File file, CacheControl cache, HttpServletRequest request)
			throws IOException {
		ResponseEntity.BodyBuilder answer = ResponseEntity.ok()
				.contentType(file.type())
				.cacheControl(cache)
				.header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
		// It has come through HeadersValve, and says gzip or nothing.
		return (request.getHeader(HttpHeaders.ACCEPT_ENCODING) != null)
				? answer.header(HttpHeaders.CONTENT_ENCODING, "gzip").body(file.compressed())
				: answer.body(file.plain());
	}

}
