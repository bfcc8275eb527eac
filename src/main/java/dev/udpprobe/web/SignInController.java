package dev.udpprobe.web;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.resource.NoResourceFoundException;

import dev.udpprobe.access.Account;
import dev.udpprobe.access.Accounts;
import dev.udpprobe.access.Credentials;
import dev.udpprobe.access.CredentialsException;

/**
 * To sign in and out by a browser. Where nobody has a password, there is nothing of it.
 */
@RestController
@Hidden
class SignInController {

	static final String PATH = "/sign-in";

	private final Accounts accounts;

	private final ObjectProvider<Credentials> credentials;

	private final SignedIn signedIn;

	private final PageFiles files;

	private final RequestReader reader;

	SignInController(Accounts accounts, ObjectProvider<Credentials> credentials, SignedIn signedIn, PageFiles files,
			RequestReader reader) {
		this.accounts = accounts;
		this.credentials = credentials;
		this.signedIn = signedIn;
		this.files = files;
		this.reader = reader;
	}

	/**
	 * @return where to sign in, relative to a path, as a proxy may have put something before it
	 */
	static String from(String path) {
		int depth = (int) path.chars().filter((each) -> each == '/').count() - 1;
		return "../".repeat(Math.max(0, depth)) + PATH.substring(1);
	}

	@GetMapping(PATH)
	@Open
	ResponseEntity<byte[]> form() throws NoResourceFoundException {
		checkPasswords();
		return form(HttpStatus.OK, "", 0);
	}

	@PostMapping(path = PATH, consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	@Open
	@OwnPagesOnly("sign in here")
	ResponseEntity<byte[]> signIn(HttpServletRequest request) throws IOException, NoResourceFoundException {
		checkPasswords();
		Map<String, String> given = new HashMap<>();
		FormData.read(this.reader.body(request), given::put);
		try {
			Account account = this.credentials.getObject().password(given.getOrDefault("name", ""),
					given.getOrDefault("password", ""), ClientAddress.of(request));
			this.signedIn.begin(request, account);
			AuditFilter.account(request, account);
			AuditFilter.signsIn(request, "signed-in");
			return ResponseEntity.status(HttpStatus.SEE_OTHER).header(HttpHeaders.LOCATION, "./").build();
		}
		catch (CredentialsException ex) {
			AuditFilter.signsIn(request, AccessProblems.kind(ex));
			return form(AccessProblems.status(ex), switch (ex.why()) {
				case WRONG -> "Nobody has this name and this password.";
				case TOO_MANY -> "Too many wrong passwords came from your address. Try again later.";
				case BUSY -> "Too many people sign in. Try again.";
			}, ex.retryAfterSeconds());
		}
	}

	/**
	 * For a script, which then goes where the person can see that.
	 */
	@PostMapping("/sign-out")
	@Open
	@OwnPagesOnly("sign out here")
	ResponseEntity<Void> signOut(HttpServletRequest request) {
		Account account = this.signedIn.end(request);
		if (account != null) {
			AuditFilter.account(request, account);
			AuditFilter.signsIn(request, "signed-out");
		}
		return ResponseEntity.noContent().build();
	}

	private void checkPasswords() throws NoResourceFoundException {
		if (this.accounts.anyPassword() == null) {
			throw new NoResourceFoundException(HttpMethod.GET, PATH, PATH.substring(1));
		}
	}

	/**
	 * @param retryAfterSeconds does not count where one may try again at once
	 */
	private ResponseEntity<byte[]> form(HttpStatus status, String wrong, int retryAfterSeconds) {
		ResponseEntity.BodyBuilder answer = ResponseEntity.status(status).contentType(PageFiles.HTML);
		if (status == HttpStatus.UNAUTHORIZED) {
			answer.header(HttpHeaders.WWW_AUTHENTICATE, AccessProblems.BEARER);
		}
		else if (status != HttpStatus.OK) {
			answer.header(HttpHeaders.RETRY_AFTER, String.valueOf(retryAfterSeconds));
		}
		return answer.body(this.files.signIn(wrong));
	}

}
