package dev.udpprobe.linux;

/**
 * A program that tells what it may learn from the kernel.
 */
final class KernelDetailPrinter {

	private KernelDetailPrinter() {}

	static void main() {
		System.out.print(KernelDetail.find());
	}

}
