// A row of the list: a target as it is now.

import {html, nothing} from './lit-html/lit-html.js'
import {ago, millis, percent, time} from './format.js'
import {badge, kindOf, unasked} from './outcome.js'
import {link} from './route.js'
import {sparkline} from './sparkline.js'

/**
 * @param index its number in the whole list, from 0
 * @param row its fields, and the last rounds
 */
export function row(index, row) {
	const labels = Object.entries(row.labels ?? {}).map(([name, value]) => `${name}=${value}`)
	const answered = row.outcome === 'replied'
	return html`<div role="row" aria-rowindex=${index + 2}>
		<div role="cell" class="state">${row.state ? badge(row.state) : nothing}${row.flapping ? html` <span class="note">flapping</span>` : nothing}</div>
		<div role="cell" class="name"><a href=${link(['targets', row.name])}>${row.name}</a>
			<span class="dim">${[row.address, row.module, ...labels].filter(Boolean).join(' · ')}</span></div>
		<div role="cell" class="what" title=${row.lastRound ? `last round ${time(row.lastRound)}` : nothing}>${row.problem || !row.outcome ? nothing : badge(kindOf(row))} ${what(row)}</div>
		<div role="cell" class="since" title=${row.since ? `since ${time(row.since)}` : nothing}>${row.state === 'by-hand' ? nothing : ago(row.since)}</div>
		<div role="cell" class="loss ${row.lossRatio?.tenMinutes > 0 ? 'some' : ''}">${percent(row.lossRatio?.tenMinutes)}</div>
		<div role="cell" class="trip ${answered ? '' : 'dim'}">${answered ? millis(row.roundTripMicros) : nothing}</div>
		<div role="cell" class="rounds">${sparkline(row.rounds)}</div>
	</div>`
}

/** The sentence without the name, the address and the outcome, which stand beside it; or why there is none. */
function what(row) {
	if (row.problem) return row.problem
	if (!row.detail) return row.state ? unasked(row) : nothing
	const subject = [`${row.name} (`, row.name + ' ', row.address + ' '].find((start) => row.detail.startsWith(start))
	const rest = !subject ? row.detail : subject.endsWith('(') ? row.detail.slice(row.detail.indexOf(') ') + 2) : row.detail.slice(subject.length)
	return rest.replace(/^(replied|refused): |^replied, |^is unreachable: /, '')
}
