package dev.udpprobe.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;

/**
 * What an exchange took in one round, in which all callers work until the time is up.
 *
 * @param cpuMicros of this process, all its threads and its share of the kernel
 * @param wallMicros elapsed time by exchanges, so it shrinks with more callers
 * @param bytes allocated on the heap by all threads
 */
record Round(double cpuMicros, double wallMicros, double bytes) {

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
			.getOperatingSystemMXBean();

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	static Round of(Caller.Factory callers, int count, ThreadFactory threads, long nanos) throws Exception {
		List<FutureTask<Long>> tasks = new ArrayList<>();
		long bytes = THREADS.getTotalThreadAllocatedBytes();
		long cpu = SYSTEM.getProcessCpuTime();
		long start = System.nanoTime();
		for (int i = 0; i < count; i++) {
			Caller caller = callers.create();
			tasks.add(new FutureTask<>(() -> work(caller, start, nanos)));
			threads.newThread(tasks.getLast()).start();
		}
		double exchanges = 0;
		for (FutureTask<Long> task : tasks) {
			exchanges += task.get();
		}
		return new Round((SYSTEM.getProcessCpuTime() - cpu) / 1e3 / exchanges,
				(System.nanoTime() - start) / 1e3 / exchanges,
				(THREADS.getTotalThreadAllocatedBytes() - bytes) / exchanges);
	}

	private static long work(Caller caller, long start, long nanos) throws Exception {
		long exchanges = 0;
		while (System.nanoTime() - start < nanos) {
			if (caller.exchange() <= OneExchange.LENGTH) {
				throw new IllegalStateException("that is no echo");
			}
			exchanges++;
		}
		return exchanges;
	}

}
