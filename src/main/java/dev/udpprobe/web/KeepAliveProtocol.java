package dev.udpprobe.web;

import org.apache.coyote.http11.Http11NioProtocol;

/**
 * HTTP/1.1 that ends a connection with its answer where at least half of the places were taken
 * when it was asked. So of connections that wait for a next request, there are never more than
 * that, and others find a place. Tomcat makes it by its name.
 */
public final class KeepAliveProtocol extends Http11NioProtocol {

	/** Tomcat asks this before each request. The count includes the connection that would be accepted next. */
	@Override
	public int getMaxKeepAliveRequests() {
		return (getConnectionCount() > getMaxConnections() / 2) ? 1 : super.getMaxKeepAliveRequests();
	}

}
