// The last rounds in a small chart: a bar for each round trip, and marks that differ in shape where there was none.

import {html, nothing} from './lit-html/lit-html.js'
import {millis} from './format.js'
import {word} from './outcome.js'

const WIDTH = 3

const HEIGHT = 20

/** @param rounds numbers are microseconds, and a text is what came instead; 'replied' is well, though nothing took time */
export function sparkline(rounds) {
	if (rounds.length === 0) return nothing
	const trips = rounds.filter((round) => typeof round === 'number')
	const longest = Math.max(...trips, 1)
	let good = ''
	let bad = ''
	let lost = ''
	rounds.forEach((round, i) => {
		const x = i * WIDTH
		if (typeof round === 'number') {
			const height = Math.max(1.5, round / longest * (HEIGHT - 4))
			good += `M${x} ${HEIGHT}v${-height.toFixed(1)}h2v${height.toFixed(1)}z`
		} else if (round === 'replied') good += `M${x} ${HEIGHT}v-1.5h2v1.5z`
		else if (round === 'timed-out') lost += `M${x} 1h2v3h-2zM${x} 9h2v3h-2zM${x} 17h2v3h-2z`
		else bad += `M${x} 0h2v${HEIGHT}h-2z`
	})
	return html`<svg class="spark" viewBox="0 0 120 ${HEIGHT}" role="img" aria-label=${said(rounds, trips)}>
		<title>${said(rounds, trips)}</title>
		<path class="good" d=${good}></path><path class="bad" d=${bad}></path><path class="warn" d=${lost}></path>
	</svg>`
}

function said(rounds, trips) {
	const others = {}
	for (const round of rounds) {
		if (typeof round === 'string' && round !== 'replied') others[round] = (others[round] ?? 0) + 1
	}
	const times = trips.length > 0 ? [`${millis(Math.min(...trips))} to ${millis(Math.max(...trips))}`] : []
	return [`${rounds.length} rounds`, ...Object.entries(others).map(([kind, number]) => `${number} ${word(kind)}`), ...times].join(', ')
}
