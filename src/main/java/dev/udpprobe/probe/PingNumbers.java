package dev.udpprobe.probe;

/**
 * The numbers of a ping's datagrams that leave from one local port.
 *
 * @param flow the number of the port, from 0
 * @param first of the numbers, from 0
 * @param step from one to the next
 * @param count how many there are at the most
 */
record PingNumbers(int flow, int first, int step, int count) {

	int at(int index) {
		return this.first + index * this.step;
	}

	/**
	 * @param number or what else a {@link dev.udpprobe.exchange.Correlation} says
	 * @return which one it is, from 0; -1 if it is none of them
	 */
	int indexOf(long number) {
		long index = (number - this.first) / this.step;
		return (number >= this.first && index < this.count && number == at((int) index)) ? (int) index : -1;
	}

}
