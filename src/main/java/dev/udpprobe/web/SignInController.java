package dev.udpprobe.web;

import java.io.IOException;
import java.util.Objects;

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

	SignInController(Accounts accounts, ObjectProvider<Credentials> credentials, SignedIn signedIn, PageFiles files) {
		this.accounts = accounts;
		this.credentials = credentials;
		this.signedIn = signedIn;
		this.files = files;
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
		return form(HttpStatus.OK, "");
	}

	@PostMapping(path = PATH, consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	@Open
	@OwnPagesOnly("sign in here")
	ResponseEntity<byte[]> signIn(HttpServletRequest request) throws NoResourceFoundException {
		checkPasswords();
		try {
			Account account = this.credentials.getObject().password(given(request, "name"), given(request, "password"),
					ClientAddress.of(request));
			this.signedIn.begin(request, account);
			return ResponseEntity.status(HttpStatus.SEE_OTHER).header(HttpHeaders.LOCATION, "./").build();
		}
		catch (CredentialsException ex) {
			return form(AccessProblems.status(ex), AccessProblems.detail(ex));
		}
	}

	private static String given(HttpServletRequest request, String name) {
		return Objects.requireNonNullElse(request.getParameter(name), "");
	}

	/**
	 * For a script, which then goes where the person can see that.
	 */
	@PostMapping("/sign-out")
	@Open
	@OwnPagesOnly("sign out here")
	ResponseEntity<Void> signOut(HttpServletRequest request) {
		this.signedIn.end(request);
		return ResponseEntity.noContent().build();
	}

	private void checkPasswords() throws NoResourceFoundException {
		if (this.accounts.anyPassword() == null) {
			throw new NoResourceFoundException(HttpMethod.GET, PATH, PATH.substring(1));
		}
	}

	private ResponseEntity<byte[]> form(HttpStatus status, String wrong) {
		return ResponseEntity.status(status).contentType(PageFiles.HTML).body(this.files.signIn(wrong));
	}

}
