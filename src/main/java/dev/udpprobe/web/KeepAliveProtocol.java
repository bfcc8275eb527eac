package dev.udpprobe.web;

import org.apache.coyote.http11.Http11NioProtocol;

/**
 * HTTP/1.1 that ends a connection with its answer where at least half of the places were taken
 * when the request came. So connections that wait for a next request never take more than half.
 * Tomcat makes it by its name.
 */
public final class KeepAliveProtocol extends Http11NioProtocol {

	/**
	 * Tomcat asks this before it answers a request. Until all places are taken, the count includes
	 * the connection that is accepted next.
	 */
	@Override
	public int getMaxKeepAliveRequests() {
		return (getConnectionCount() > getMaxConnections() / 2) ? 1 : super.getMaxKeepAliveRequests();
	}

}
