// Numbers and times, as people read them. What is not known is a dash.

export const NONE = '–'

let ahead = 0

/** Says what the time is where the service runs, which may not be the browser's. */
export function setClock(iso) {
	ahead = Date.parse(iso) - Date.now()
}

/** @returns milliseconds since 1970, where the service runs */
const now = () => Date.now() + ahead

const whole = new Intl.NumberFormat('en')

/** @returns a whole number: 12,345 */
export const count = (number) => (number === undefined || number === null) ? NONE : whole.format(number)

/** @param micros microseconds; undefined or null if there are none */
export function millis(micros) {
	if (micros === undefined || micros === null) return NONE
	const ms = micros / 1_000
	return (ms < 100 ? ms.toFixed(3) : ms.toFixed(1)) + ' ms'
}

/** @param ratio 0 to 1 */
export function percent(ratio) {
	if (ratio === undefined || ratio === null) return NONE
	const percents = ratio * 100
	return (percents === 0 || percents >= 10 || Number.isInteger(percents) ? percents.toFixed(0) : percents.toFixed(1)) + ' %'
}

const UNITS = [['d', 86_400], ['h', 3_600], ['min', 60], ['s', 1]]

/** @returns a length of time in the two units that say most: 3 h 12 min */
export function duration(milliseconds) {
	if (milliseconds > 0 && milliseconds < 1_000) return `${Math.round(milliseconds)} ms`
	let left = Math.max(0, Math.round(milliseconds / 1_000))
	const first = UNITS.findIndex(([, seconds]) => left >= seconds)
	if (first < 0) return '0 s'
	const parts = []
	for (const [unit, seconds] of UNITS.slice(first, first + 2)) {
		const number = Math.floor(left / seconds)
		left -= number * seconds
		if (number > 0 || parts.length === 0) parts.push(`${number} ${unit}`)
	}
	return parts.join(' ')
}

/** @returns how long ago a time was */
export const ago = (iso) => iso ? duration(Math.floor((now() - Date.parse(iso)) / 1_000) * 1_000) : NONE

/** @returns a time of day, with the date if that is another day */
export function time(when) {
	if (!when) return NONE
	const date = new Date(when)
	const clock = date.toLocaleTimeString('sv')
	return date.toDateString() === new Date(now()).toDateString() ? clock : `${date.toLocaleDateString('sv')} ${clock}`
}
