package dev.udpprobe.exchange;

import dev.udpprobe.linux.KernelDetail;

/**
 * With what the kernel knows, where that is available, and with the JDK alone.
 */
enum Detail {

	KERNEL, PORTABLE;

	KernelDetail get() {
		return switch (this) {
			case KERNEL -> KernelDetail.find();
			case PORTABLE -> KernelDetail.none("this test does without");
		};
	}

}
