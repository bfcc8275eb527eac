package dev.udpprobe.testing;

/**
 * What this JVM has once: the log, and the threads of echo servers. Who reads the log or counts the threads has it alone
 * ({@code READ_WRITE}); a class that has a service or an echo server and runs beside others shares it ({@code READ}).
 */
public final class ThisJvm {

	public static final String LOCK = "this JVM";

	private ThisJvm() {}

}
