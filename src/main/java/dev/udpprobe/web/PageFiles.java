package dev.udpprobe.web;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.webjars.WebJarVersionLocator;

/**
 * The files of the page, compressed: its own, those of libraries that it uses, and the documents. They are read once, so that no name that is
 * asked for is looked up anywhere. Safe for any number of threads.
 */
@Component
final class PageFiles {

	private static final String OWN = "classpath:dev/udpprobe/web/page/*";

	/** They are not there where an IDE has built it. */
	private static final String DOCUMENTS = "classpath*:META-INF/docs/*.md";

	private static final String DOCUMENT = "docs/";

	private static final String INDEX = "index.html";

	private static final String SIGN_IN = "sign-in.html";

	/** In that, it stands for what was wrong. */
	private static final String WRONG = "WRONG";

	/** In the index, it stands for the directory of all other files. */
	private static final String DIRECTORY = "DIRECTORY";

	private static final List<Library> LIBRARIES = List.of(
			new Library("lit-html/lit-html.js", "lit-html", "lit-html.js"),
			new Library("lit-html/directive.js", "lit-html", "directive.js"),
			new Library("lit-html/directive-helpers.js", "lit-html", "directive-helpers.js"),
			new Library("lit-html/directives/repeat.js", "lit-html", "directives/repeat.js"),
			new Library("uplot.js", "uplot", "dist/uPlot.esm.js"),
			new Library("uplot.css", "uplot", "dist/uPlot.min.css"));

	static final MediaType HTML = text("html");

	private static final Map<String, MediaType> TYPES = Map.of("html", HTML, "css", text("css"), "js",
			text("javascript"), "svg", new MediaType("image", "svg+xml"), "md", text("plain"));

	private static final int VERSION_LENGTH = 16;

	private final Map<String, File> files = new TreeMap<>();

	private final String version;

	private final File index;

	private final String signIn;

	/**
	 * A file of a library.
	 *
	 * @param name that it has here
	 * @param file its path in the WebJar
	 */
	private record Library(String name, String webJar, String file) {}

	/**
	 * @param compressed by gzip
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record File(MediaType type, byte[] compressed) {

		byte[] plain() throws IOException {
			try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(this.compressed))) {
				return in.readAllBytes();
			}
		}

	}

	PageFiles() throws IOException {
		Map<String, byte[]> contents = new TreeMap<>();
		read(OWN, "", contents);
		read(DOCUMENTS, DOCUMENT, contents);
		WebJarVersionLocator locator = new WebJarVersionLocator();
		for (Library library : LIBRARIES) {
			String path = locator.fullPath(library.webJar(), library.file());
			contents.put(library.name(),
					new ClassPathResource(Objects.requireNonNull(path, library.name())).getContentAsByteArray());
		}
		this.version = version(contents);
		this.index = file(INDEX, page(contents, INDEX).getBytes(StandardCharsets.UTF_8));
		this.signIn = page(contents, SIGN_IN);
		for (Map.Entry<String, byte[]> content : contents.entrySet()) {
			this.files.put(content.getKey(), file(content.getKey(), content.getValue()));
		}
	}

	private String page(Map<String, byte[]> contents, String name) {
		return new String(Objects.requireNonNull(contents.remove(name), name), StandardCharsets.UTF_8)
				.replace(DIRECTORY, "page/" + this.version);
	}

	private static void read(String pattern, String directory, Map<String, byte[]> contents) throws IOException {
		for (Resource resource : new PathMatchingResourcePatternResolver().getResources(pattern)) {
			contents.put(directory + Objects.requireNonNull(resource.getFilename()), resource.getContentAsByteArray());
		}
	}

	private static MediaType text(String subtype) {
		return new MediaType("text", subtype, StandardCharsets.UTF_8);
	}

	private static String version(Map<String, byte[]> contents) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			contents.forEach((name, content) -> {
				digest.update(name.getBytes(StandardCharsets.UTF_8));
				digest.update(content);
			});
			return HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_LENGTH);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static File file(String name, byte[] content) throws IOException {
		ByteArrayOutputStream compressed = new ByteArrayOutputStream();
		try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
			out.write(content);
		}
		return new File(Objects.requireNonNull(TYPES.get(name.substring(name.lastIndexOf('.') + 1)), name),
				compressed.toByteArray());
	}

	/**
	 * @return what changes with any of the files
	 */
	String version() {
		return this.version;
	}

	/**
	 * @return where the list of documents is, relative to the page; null if there are none
	 */
	@Nullable
	String documents() {
		String list = DOCUMENT + "README.md";
		return this.files.containsKey(list) ? "page/%s/%s".formatted(this.version, list) : null;
	}

	/**
	 * @return the page itself, which names the others
	 */
	File index() {
		return this.index;
	}

	/**
	 * @param wrong what was wrong the last time, in plain text of this service; empty for nothing
	 * @return the page where one signs in
	 */
	byte[] signIn(String wrong) {
		return this.signIn.replace(WRONG, wrong).getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * @param path the version of all files, a slash, and the name of one
	 * @return null if there is none
	 */
	@Nullable
	File find(String path) {
		return path.startsWith(this.version + "/") ? this.files.get(path.substring(this.version.length() + 1)) : null;
	}

}
