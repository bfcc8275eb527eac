// The path of a datagram as a picture: how far it got, who stopped it, and whom the answer came back to.

import {html, nothing, svg} from './lit-html/lit-html.js'
import {severity, shape, word} from './outcome.js'

/** From one node to the next: where there are few, where there are many, and where there is little room. */
const stepOf = (nodes) => innerWidth < 560 ? 108 : nodes.length <= 4 ? 150 : 118

const LEFT = 58

const OUT = 34

const BACK = 74

/** Where the host ends: the program, and its kernel. */
const KERNEL = 1

/**
 * @typedef {object} Node a place on the path
 * @property {string} label what it is
 * @property {string} [who] its address
 * @property {string} [kind] what it said, where it stopped the datagram
 * @property {boolean} [beyond] whether nothing got there
 */

/**
 * @param exchange as the API tells it
 * @param unheard where another socket was told something of the same that this one was not, that exchange
 * @param hops of a trace, if there was one
 */
export function picture(exchange, {unheard, hops = []} = {}) {
	const told = unheard ?? exchange
	const nodes = [{label: 'program'}, {label: 'kernel', who: host(exchange.localAddress)?.replace(/^(0\.0\.0\.0|::)$/, '')}]
	const target = host(told.remoteAddress)
	const reporter = told.icmp?.reporter ?? told.repliedBy
	const between = hops.flatMap((hop) => hop.reporters).filter((who, i, all) => all.indexOf(who) === i && who !== target)
	if (reporter && host(reporter) !== target && !between.includes(host(reporter))) between.push(host(reporter))
	for (const who of between) nodes.push({label: told.outcome === 'misaddressed' ? 'another address' : 'router', who})
	nodes.push({label: 'target', who: target ?? exchange.target})
	const kind = told.outcome === 'replied' ? 'replied' : told.outcome
	const stop = placeOf(told, nodes, reporter ? host(reporter) : undefined)
	nodes.forEach((node, i) => node.beyond = stop !== undefined && i > stop)
	if (stop !== undefined) nodes[stop].kind = kind
	return draw(nodes, {stop, kind, back: back(told, stop), to: unheard ? KERNEL : 0, unheard})
}

/** @returns the address without its port: [::1]:53, 192.0.2.1:53, or an address alone */
const host = (address) => address?.replace(/^\[(.*)\]:\d+$|^([^:]*):\d+$/, '$1$2')

/** @returns the index of the node that answered or stopped it; undefined if nobody knows */
function placeOf(told, nodes, reporter) {
	const last = nodes.length - 1
	switch (told.outcome) {
		case 'timed-out': return undefined
		case 'not-sent': case 'unresolved': return KERNEL
		case 'replied': case 'mismatched': return last
		default: {
			const found = nodes.findLastIndex((node) => node.who === reporter)
			return found > KERNEL ? found : told.icmp ? last : KERNEL
		}
	}
}

function back(told, stop) {
	if (stop === undefined || stop === KERNEL) return undefined
	if (told.icmp) return `ICMP ${told.icmp.meaning.replaceAll('-', ' ')}`
	return told.outcome === 'replied' ? 'the reply' : 'something else'
}

function draw(nodes, {stop, kind, back, to, unheard}) {
	const step = stepOf(nodes)
	const x = (i) => LEFT + i * step
	const last = nodes.length - 1
	const width = LEFT * 2 + last * step
	const reached = stop ?? KERNEL
	return html`<div class="picture" tabindex="0" role="group" aria-label="The path"><svg viewBox="0 0 ${width} 124" width=${width} height="124" role="img" aria-label=${said(nodes, stop, kind, back, unheard)}>
		${arrow(x(0), x(reached), OUT, 'out')}
		${stop === undefined ? svg`${arrow(x(reached), x(last), OUT, 'lost')}<text class="warn" x=${(x(reached) + x(last)) / 2} y=${OUT - 12}>lost somewhere, or not answered</text>` : nothing}
		${back ? svg`${arrow(x(stop), x(to), BACK, `back ${severity(kind)}`)}<text class=${severity(kind)} x=${(x(stop) + x(to)) / 2} y=${BACK - 8}>${back}</text>` : nothing}
		${unheard && back ? svg`<path class="wall" d="M${x(KERNEL) - 22} ${BACK - 12}v24"></path><text class="warn" x=${x(0)} y=${BACK + 4}>not told</text>` : nothing}
		${nodes.map((node, i) => svg`
			<g class="node ${node.beyond ? 'beyond' : ''}" transform="translate(${x(i)} ${OUT})">
				<circle r="11"></circle>
				${node.kind ? svg`<g class=${severity(node.kind)} transform="translate(-8 -8)">${shape(node.kind)}</g>` : nothing}
			</g>
			<text class="label" x=${x(i)} y="102">${node.label}</text>
			<text class="who" x=${x(i)} y="118">${short(node.who)}<title>${node.who ?? node.label}</title></text>`)}
	</svg></div>`
}

const short = (who = '') => who.length > 17 ? who.slice(0, 8) + '…' + who.slice(-8) : who

function arrow(from, to, y, kind) {
	if (from === to) return nothing
	const way = Math.sign(to - from)
	const start = from + way * 13
	const end = to - way * 13
	return svg`<path class="arrow ${kind}" d="M${start} ${y}H${end}"></path>
		<path class="head ${kind}" d="M${end - way * 6} ${y - 4}l${way * 6} 4l${-way * 6} 4"></path>`
}

function said(nodes, stop, kind, back, unheard) {
	const way = nodes.map((node) => [node.label, node.who].filter(Boolean).join(' ')).join(', ')
	const end = stop === undefined ? 'nobody knows how far it got' : `${word(kind)} at ${nodes[stop].label} ${nodes[stop].who ?? ''}`
	const heard = !back ? '' : unheard ? `; ${back} came back to the kernel, and the program is not told` : `; ${back} came back to the program`
	return `The path: ${way}; ${end}${heard}.`
}
