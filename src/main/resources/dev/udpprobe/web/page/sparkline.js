// Small charts in lists: a bar for each value, the newest at the right, and marks that differ in shape where there was none.

import {html, nothing, svg} from './lit-html/lit-html.js'
import {millis} from './format.js'
import {severity, word} from './outcome.js'

const WIDTH = 3

const HEIGHT = 20

const PLACES = 40

/** What is so many times as high as most are is cut, so that the others can be seen. */
const CAP = 2

const MOST = 0.95

/** @param values numbers, and what stands in the place of one: [a path of SVG at a place, its class] */
function bars(values, said, marks = () => undefined) {
	const numbers = values.filter((value) => typeof value === 'number').sort((one, other) => one - other)
	const usual = CAP * (numbers[Math.floor((numbers.length - 1) * MOST)] ?? 0)
	const top = Math.max(Math.min(usual || Infinity, numbers.at(-1) ?? 0), Number.MIN_VALUE)
	const paths = {good: '', bad: '', warn: ''}
	values.forEach((value, i) => {
		const x = (PLACES - values.length + i) * WIDTH
		if (typeof value === 'number') {
			const height = value === 0 ? 1 : Math.max(1.5, Math.min(1, value / top) * (HEIGHT - 3))
			paths.good += `M${x} ${HEIGHT}v${-height.toFixed(1)}h2v${height.toFixed(1)}z${value > top ? `M${x} 0h2v1.5h-2z` : ''}`
		} else {
			const [kind, path] = marks(value, x, values[i + 1])
			paths[kind] += path
		}
	})
	return html`<svg class="spark" viewBox="0 0 ${PLACES * WIDTH} ${HEIGHT}" role="img" aria-label=${said}>
		${Object.entries(paths).map(([kind, path]) => svg`<path class=${kind} d=${path}></path>`)}
	</svg>`
}

/** @param rounds numbers are microseconds, and a text is what came instead; 'good' is well, though nothing came back */
export const sparkline = (rounds) => rounds.length === 0 ? nothing : bars(rounds, said(rounds), (round, x, next) => {
	if (round === 'good') return ['good', `M${x} ${HEIGHT}v-1.5h2v1.5z`]
	if (round === 'timed-out') return ['warn', `M${x} 1h2v3h-2zM${x} 9h2v3h-2zM${x} 17h2v3h-2z`]
	if (severity(round) === 'warn') return ['warn', `M${x} 0h2v8h-2zM${x} 12h2v8h-2z`]
	// A row of them is one block, which is calmer than many bars.
	return ['bad', `M${x} 4h${next === round ? WIDTH : 2}v${HEIGHT - 4}H${x}z`]
})

/** @param values of the last hour, the newest at the end */
export const history = (values, said) => bars(values.slice(-PLACES), said)

function said(rounds) {
	const trips = rounds.filter((round) => typeof round === 'number')
	const others = Object.groupBy(rounds.filter((round) => typeof round === 'string' && round !== 'good'), (round) => round)
	const times = trips.length > 0 ? [`${millis(Math.min(...trips))} to ${millis(Math.max(...trips))}`] : []
	return [`${rounds.length} rounds`, ...Object.entries(others).map(([kind, some]) => `${some.length} ${word(kind)}`), ...times].join(', ')
}
