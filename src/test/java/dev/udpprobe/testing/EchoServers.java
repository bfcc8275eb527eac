package dev.udpprobe.testing;

/**
 * The echo servers of this JVM as a resource. Who counts their threads, or reads what they log, has it alone
 * ({@code READ_WRITE}); a class that has an echo server and runs beside others shares it ({@code READ}).
 */
public final class EchoServers {

	public static final String LOCK = "the echo servers of this JVM";

	private EchoServers() {}

}
