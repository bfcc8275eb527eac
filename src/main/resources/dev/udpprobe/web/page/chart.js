// Charts over time or number, drawn by uPlot, with a band below that tells each outcome by shape as well as by colour.

import uPlot from './uplot.js'
import {html} from './lit-html/lit-html.js'
import {time} from './format.js'
import {word} from './outcome.js'

const HEIGHT = 220

const BAND = 12

/** How far apart lines of a grid may be: never less than what is told apart. */
const SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 43_200,
	86_400, 172_800, 432_000, 864_000, 2_592_000, 7_776_000]

const NUMBERS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000]

/** Silence may be good, too. */
const GOOD = ['replied', 'pass']

/** How many seconds around one item alone its chart goes. */
const SINGLE = 5

const style = getComputedStyle(document.documentElement)

const colour = (name) => style.getPropertyValue(`--${name}`).trim()

const charts = new Set()

// Its lines take their colours when they are drawn, and its legend when it is made.
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => [...charts].forEach((chart) => chart.redraw()))

export class Chart {
	#element = document.createElement('div')
	#options
	#data
	#plot
	#observer = new ResizeObserver(() => this.#size())

	/**
	 * @param options {{label, x: 'time' | 'number', series: {label, unit, points, colour, dash}[], band}} band says which outcome the
	 * item of an index has; without it, there is none
	 */
	constructor(options) {
		this.#options = options
		this.#data = [[], ...options.series.map(() => []), ...options.band ? [[]] : []]
		this.#element.className = 'chart'
		this.#element.role = 'img'
		this.#element.ariaLabel = options.label
		this.#observer.observe(this.#element)
	}

	/** @param data x in seconds or numbers, and for each series its values, null where there is none */
	set(data) {
		// What the band tells in shapes, the legend tells in words.
		this.#data = this.#options.band ? [...data, data[0].map(() => null)] : data
		this.#plot?.setData(this.#data)
		if (this.#plot) last(this.#plot)
		this.#element.ariaLabel = this.#said()
	}

	view() {
		return html`${this.#element}`
	}

	redraw() {
		this.#destroy()
		this.#size()
	}

	close() {
		this.#observer.disconnect()
		this.#destroy()
	}

	#destroy() {
		charts.delete(this)
		this.#plot?.destroy()
		this.#plot = undefined
	}

	#size() {
		const width = this.#element.clientWidth
		if (width === 0) return
		if (this.#plot) this.#plot.setSize({width, height: HEIGHT})
		else {
			this.#plot = new uPlot(this.#settings(width), this.#data, this.#element)
			last(this.#plot)
			charts.add(this)
		}
	}

	#settings(width) {
		const {x, series, band} = this.#options
		const font = '12px ' + style.fontFamily
		const axis = {space: x === 'time' ? 90 : 50, stroke: () => colour('dim'), font, grid: {stroke: () => colour('line'), width: 1}, ticks: {show: false}}
		return {
			width, height: HEIGHT,
			scales: {x: {time: x === 'time', ...x === 'time' ? {range: around} : {}}, y: {range: (_, min, max) => [0, max > 0 ? max * 1.1 : 1]}},
			axes: [{...axis, gap: band ? BAND + 8 : 5, ...x === 'time' ? {values: clock, incrs: SECONDS} : {incrs: NUMBERS}}, {...axis, space: 40, size: 70, values: (_, values) => values.map((value) => `${value} ${series[0].unit}`)}],
			series: [{label: x === 'time' ? 'Time' : 'Number', value: (_, value) => value === null ? '–' : x === 'time' ? time(value * 1_000) : value},
				...series.map((one) => this.#series(one)), ...band ? [{label: 'Outcome', stroke: 'transparent', points: {show: false},
					value: (plot, _, __, i) => i === null || i === undefined || !plot.data[0].length ? '–' : word(band(i))}] : []],
			cursor: {y: false, drag: {x: false, y: false}},
			legend: {markers: {width: (_, i) => i > series.length ? 0 : 2, dash: (_, i) => series[i - 1]?.dash ? 'dashed' : 'solid'}},
			padding: [8, 30, 0, 0],
			hooks: {draw: band ? [(plot) => this.#drawBand(plot, band)] : [], setCursor: [last]},
		}
	}

	#series({label, unit, points = false, colour: name = 'accent', dash, width = 1.5}) {
		return {label, dash, stroke: () => colour(name), width, spanGaps: false,
			points: {show: points, size: 4, fill: () => colour(name)},
			value: (_, value) => value === null || value === undefined ? '–' : `${unit === 'ms' ? value.toFixed(3) : +value.toFixed(1)} ${unit}`}
	}

	#drawBand(plot, band) {
		const {ctx, bbox} = plot
		const pixel = devicePixelRatio
		const top = bbox.top + bbox.height + 4 * pixel
		const xs = plot.data[0]
		const wide = Math.max(2 * pixel, Math.min(8 * pixel, bbox.width / Math.max(xs.length, 1) - pixel))
		const kinds = xs.map((_, i) => GOOD.includes(band(i)) ? 'replied' : band(i))
		ctx.save()
		// What is bad is drawn over what is good, where there is no room for both.
		for (const good of [true, false]) {
			kinds.forEach((kind, i) => {
				if ((kind === 'replied') !== good) return
				ctx.fillStyle = colour({replied: 'good', 'timed-out': 'warn', duplicate: 'accent'}[kind] ?? 'bad')
				draw(ctx, kind, plot.valToPos(xs[i], 'x', true), top, wide, pixel)
			})
		}
		ctx.restore()
	}

	#said() {
		const [xs, values] = this.#data
		const {label, series, band} = this.#options
		const numbers = values.filter((value) => value !== null)
		if (numbers.length === 0) return `${label}: none`
		const bad = band ? Object.entries(Object.groupBy(xs.map((_, i) => band(i)).filter((kind) => !GOOD.includes(kind)), (kind) => kind)) : []
		return [`${label}: ${numbers.length} values from ${rounded(Math.min(...numbers))} to ${rounded(Math.max(...numbers))} ${series[0].unit}`,
			...bad.map(([kind, some]) => `${some.length} ${word(kind)}`)].join('; ')
	}
}

const rounded = (number) => +number.toFixed(3)

/** Where nobody points at anything, what is told in numbers is the last item. */
function last(plot) {
	if (plot.cursor.idx === null || plot.cursor.idx === undefined) plot.setLegend({idx: plot.data[0].length - 1}, false)
}

/** A line is good, dots are silence, a diamond is a further answer, and all else is a block. */
function draw(ctx, kind, middle, top, wide, pixel) {
	const left = middle - wide / 2
	const high = BAND * pixel
	if (kind === 'replied') ctx.fillRect(left, top + high - 2 * pixel, wide, 2 * pixel)
	else if (kind === 'timed-out') for (const part of [0, 0.38, 0.76]) ctx.fillRect(left, top + part * high, wide, high * 0.24)
	else if (kind === 'duplicate') {
		ctx.beginPath()
		ctx.moveTo(middle, top)
		ctx.lineTo(middle + 4 * pixel, top + high / 2)
		ctx.lineTo(middle, top + high)
		ctx.lineTo(middle - 4 * pixel, top + high / 2)
		ctx.fill()
	} else ctx.fillRect(left, top, wide, high)
}

const around = ({data: [xs]}, min, max) => xs.length === 1 ? [xs[0] - SINGLE, xs[0] + SINGLE] : [min, max]

const DAY_SECONDS = 86_400

/** @returns times of day, with their dates where they span a day */
function clock(plot, values) {
	const {min, max} = plot.scales.x
	const long = max - min >= DAY_SECONDS
	return values.map((value) => {
		const date = new Date(value * 1_000)
		return long ? `${date.toLocaleDateString('sv').slice(5)} ${date.toLocaleTimeString('sv').slice(0, 5)}` : date.toLocaleTimeString('sv')
	})
}

/** What the marks below a chart mean. @param further others, each with its shape as a path in 10 by 12 */
export const key = (...further) => html`<p class="key dim">${[['good', 'M0 10h10v2h-10z', 'good'], ['warn', 'M0 0h10v3h-10zM0 4.6h10v3h-10zM0 9.2h10v2.8h-10z', 'timed out'],
	['bad', 'M0 0h10v12h-10z', 'any other failure'], ...further].map(([kind, path, words]) => html`
	<span><svg class="mark ${kind}" viewBox="0 0 10 12" aria-hidden="true"><path fill="currentColor" d=${path}></path></svg> ${words}</span>`)}</p>`
