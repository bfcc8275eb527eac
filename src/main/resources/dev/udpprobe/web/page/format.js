// Numbers and times, as people read them. What is not known is a dash.

export const NONE = '–'

let ahead = 0

/** When what is shown was heard, in the time of the service; undefined while it is heard all the time. */
let stopped

/** Says what the time is where the service runs, which may not be the browser's. */
export function setClock(iso) {
	ahead = Date.parse(iso) - Date.now()
	if (stopped !== undefined) stopped = now()
}

/** Nobody knows for how long things are as they are when nothing is heard any more. */
export function stopClock(stop) {
	stopped = stop ? stopped ?? now() : undefined
}

const now = () => Date.now() + ahead

/** @returns milliseconds since 1970, where the service runs, of what is shown */
const shown = () => stopped ?? now()

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
	if (percents > 0 && percents < 0.01) return '< 0.01 %'
	if (percents > 99.99 && percents < 100) return '> 99.99 %'
	const digits = Number.isInteger(percents) ? 0 : percents < 1 || percents > 99 ? 2 : percents < 10 ? 1 : 0
	return percents.toFixed(digits) + ' %'
}

const UNITS = [['d', 86_400], ['h', 3_600], ['min', 60], ['s', 1]]

/** @returns a length of time in the two units that say most: 3 h 12 min; below a minute to the millisecond */
export function duration(milliseconds) {
	if (milliseconds > 0 && milliseconds < 1_000) return `${Math.round(milliseconds)} ms`
	if (milliseconds > 0 && milliseconds < 60_000) return `${Math.round(milliseconds) / 1_000} s`
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
export const ago = (iso) => iso ? duration(Math.floor((shown() - Date.parse(iso)) / 1_000) * 1_000) : NONE

/** @returns a time of day, with the date if that is another day */
export function time(when) {
	if (!when) return NONE
	const date = new Date(when)
	const clock = date.toLocaleTimeString('sv')
	return date.toDateString() === new Date(shown()).toDateString() ? clock : `${date.toLocaleDateString('sv')} ${clock}`
}
