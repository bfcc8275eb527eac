package dev.udpprobe.web;

import java.io.IOException;

/**
 * A page of another site with a form that sends itself to the service, with a right name and password, and says in its title when it has.
 */
public final class StrangersPage implements AutoCloseable {

	private static final String PAGE = """
			<!doctype html><body><iframe name=frame></iframe>
			<form action="%s" method=post target=frame><input name=message value=a><input name=name value=alice>
			<input name=password value="%s"></form>
			<script>
			document.querySelector('iframe').onload = () => document.title = 'came to an end'
			document.forms[0].submit()
			</script>""";

	private final PageServer server;

	/**
	 * @param target where the form goes
	 * @param service the port of the service
	 */
	public StrangersPage(String target, int service) throws IOException {
		this.server = new PageServer(PAGE.formatted(target, TestAccounts.PASSWORD), service);
	}

	/**
	 * @return of another site than localhost
	 */
	public String address() {
		return "http://127.0.0.1:%d/page".formatted(this.server.port());
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

}
