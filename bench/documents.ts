import { readFileSync } from 'node:fs'
import { composeDocument } from '../domain/platform/document/compose/compose-document.ts'
import type { SalesDocumentView } from '../domain/platform/document/document-view.ts'
import { printPdf } from '../domain/platform/document/pdf/print-pdf.ts'
import { sampleView } from '../domain/platform/document/sample-views.ts'
import { defaultTemplate } from '../domain/platform/document/template/default-template.ts'
import { builtFonts } from '../infra/fonts.ts'
import { type Findings, percentile, round } from './figures.ts'
import type { Progress } from './progress.ts'

const warmUp = 60
const runs = 100
const letterhead = {
  name: '上海关系精密传动有限公司',
  address: '上海市闵行区申长路 988 弄 5 号楼',
  bankAccounts: [{ bank: '中国工商银行', account: '1001 2345' }],
}

/** Every quote has texts of its own: nothing but the fonts and the template is known from the one before. */
function quoteOf(i: number): SalesDocumentView {
  const quote = sampleView('quote') as SalesDocumentView
  const lines = quote.lines.map((line, n) => ({
    ...line,
    model: `${line.model ?? ''}-${i}${n}`,
    quantity: String(100 + ((i * 7 + n) % 900)),
  }))
  return { ...quote, number: `QT202611-${1000 + i}`, customer: { ...quote.customer, name: `第 ${i} 机械有限公司` }, lines }
}

/** P14: CPU of a quote of five lines as PDF, from its view to its bytes, in a function that has made some before. */
export async function documentFindings(progress: Progress): Promise<Findings> {
  progress(`documents: ${warmUp + runs} quotes as PDF`)
  const folder = await builtFonts()
  const template = defaultTemplate('quote', 'zh-CN')
  const used: number[] = []
  let bytes = 0
  for (let i = 0; i < warmUp + runs; i++) {
    const before = process.cpuUsage()
    const pdf = await printPdf([composeDocument(quoteOf(i), { template, letterhead })], (name) => readFileSync(`${folder}/${name}.ttf`))
    const { user, system } = process.cpuUsage(before)
    if (i >= warmUp) used.push((user + system) / 1000)
    bytes = pdf.length
  }
  const middle = round(percentile(used, 0.5), 1)
  return {
    figures: [
      {
        id: 'P14',
        what: 'CPU ms of a quote of 5 lines as PDF, warm, p50 / p99',
        value: `${middle} / ${round(percentile(used, 0.99), 1)} (${round(bytes / 1024)} KiB)`,
        target: '60',
        reach: '40',
        met: middle <= 60,
        note: `${runs} quotes after ${warmUp}, each with texts of its own; the function reads its records besides.`,
      },
    ],
    counts: {},
    details: [],
  }
}
