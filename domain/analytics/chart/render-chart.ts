import { BarChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, TitleComponent } from 'echarts/components'
import { type EChartsCoreOption, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { oneLine } from '../../kernel/html.ts'
import type { Chart } from './chart.ts'

use([BarChart, GridComponent, LegendComponent, TitleComponent, AriaComponent, SVGRenderer])

const width = 960
const margin = 32
const font = "-apple-system,'Segoe UI',Roboto,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Noto Sans SC',sans-serif"
const ink = { title: '#101828', text: '#475467', faint: '#667085', line: '#e4e7ec' }
/** Told apart by everybody, also in grey: blues and warm tones of different lightness. */
const palette = ['#0b5cad', '#f79009', '#12805c', '#b42318', '#6927da', '#0e9384', '#c4a000', '#98a2b3']
const longestName = 26

const cut = (text: string) => oneLine(text, longestName)

/** Numbers as the language writes large ones: 1.2万 and 3.4亿, or 12K and 3.4M; below ten thousand 4,324, and what is small with its digits. */
function short(value: number, { locale, digits }: Pick<Chart, 'locale' | 'digits'>): string {
  if (Math.abs(value) >= 10_000) return new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }).format(value)
  return new Intl.NumberFormat(locale, { maximumFractionDigits: Math.abs(value) < 100 ? digits : 0 }).format(value)
}

const whole = (value: number, { locale, digits }: Chart): string =>
  new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)

const heightOf = ({ kind, categories, series }: Chart): number =>
  (kind === 'bars' ? 150 + Math.max(3, categories.length) * 30 : 460) + (series.length > 1 ? 28 : 0)

const sumsOf = ({ categories, series }: Chart): number[] =>
  categories.map((_, i) => series.reduce((sum, { values }) => sum + values[i]!, 0))

/** The sums beside bars, or above columns while there is room for them. */
function labelOf(chart: Chart, i: number) {
  const isLast = i === chart.series.length - 1
  const isRoomy = chart.kind === 'bars' || chart.categories.length <= 12
  if (!isLast || !isRoomy) return {}
  const sums = sumsOf(chart)
  // A column that is not there needs no figure.
  const above = (sum: number) => (sum === 0 ? '' : short(sum, chart))
  const text = (at: number) => (chart.kind === 'bars' ? whole(sums[at]!, chart) : above(sums[at]!))
  return {
    label: {
      show: true,
      position: chart.kind === 'bars' ? 'right' : 'top',
      color: ink.text,
      fontSize: 12,
      formatter: ({ dataIndex }: { dataIndex: number }) => text(dataIndex),
    },
  }
}

function seriesOf(chart: Chart) {
  return chart.series.map(({ name, values, colour }, i) => ({
    type: 'bar' as const,
    name: cut(name),
    stack: 'all',
    data: values,
    barMaxWidth: chart.kind === 'bars' ? 18 : 44,
    itemStyle: { color: colour ?? palette[i % palette.length] },
    ...labelOf(chart, i),
  }))
}

function axesOf(chart: Chart) {
  const names = {
    type: 'category' as const,
    data: chart.categories.map(cut),
    inverse: chart.kind === 'bars',
    axisTick: { show: false },
    axisLine: { lineStyle: { color: ink.line } },
    axisLabel: { color: ink.text, fontSize: 12, hideOverlap: true, ...(chart.kind === 'bars' ? { interval: 0 } : {}) },
  }
  const values = {
    type: 'value' as const,
    splitNumber: 4,
    minInterval: chart.digits === 0 ? 1 : 0,
    axisLabel: { color: ink.faint, fontSize: 12, formatter: (value: number) => short(value, chart) },
    splitLine: { lineStyle: { color: ink.line } },
  }
  return chart.kind === 'bars' ? { xAxis: values, yAxis: names } : { xAxis: names, yAxis: values }
}

/** All that is drawn, as ECharts takes it. */
function optionsOf(chart: Chart): EChartsCoreOption {
  const isStacked = chart.series.length > 1
  return {
    animation: false,
    aria: { enabled: true, label: { description: `${chart.title}. ${chart.subtitle}` } },
    backgroundColor: '#ffffff',
    textStyle: { fontFamily: font },
    title: {
      text: oneLine(chart.title),
      subtext: oneLine(chart.subtitle),
      left: margin,
      top: 22,
      itemGap: 8,
      textStyle: { color: ink.title, fontSize: 20, fontWeight: 600 },
      subtextStyle: { color: ink.faint, fontSize: 13 },
    },
    legend: {
      show: isStacked,
      left: margin - 5,
      top: 82,
      itemWidth: 12,
      itemHeight: 12,
      icon: 'roundRect',
      textStyle: { color: ink.text },
    },
    grid: {
      left: margin,
      right: chart.kind === 'bars' ? 110 : margin,
      top: isStacked ? 122 : 96,
      bottom: 28,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    ...axesOf(chart),
    series: seriesOf(chart),
  }
}

/** The chart as an SVG document of its own, drawn on the server: no script, no reference to anywhere. */
export function renderChart(chart: Chart): string {
  const drawing = init(null, null, { renderer: 'svg', ssr: true, width, height: heightOf(chart) })
  drawing.setOption(optionsOf(chart))
  const svg = drawing.renderToSVGString()
  drawing.dispose()
  return svg
}
