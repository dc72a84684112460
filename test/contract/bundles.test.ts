import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampleView } from '../../domain/platform/document/sample-views.ts'
import { bundle, functionEntries } from '../../infra/bundle.ts'
import { fontFiles } from '../../infra/fonts.ts'
import { httpEvent } from '../support/call.ts'
import { composed } from '../support/documents.ts'
import { newTenant } from '../support/tenant.ts'

const entries = Object.entries(functionEntries())
const ofHttp = entries.filter(([name]) => name.startsWith('http-'))
const httpNames = ofHttp.map(([name]) => name)
const otherNames = entries.map(([name]) => name).filter((name) => !httpNames.includes(name))

// All others are one bundle here: what holds for them together holds for each, since no module waits for itself (contract/imports).
// Each by itself is bundled by every synth.
const names = [...httpNames, 'others']
let folder: string
let sources: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guanxi-bundles-'))
  sources = mkdtempSync(join(tmpdir(), 'guanxi-sources-'))
  const others = join(sources, 'others.ts')
  const root = join(import.meta.dirname, '../..')
  const lines = entries
    .filter(([name]) => otherNames.includes(name))
    .map(([name, entry]) => `export * as '${name}' from '${root}/${entry}'`)
  writeFileSync(others, lines.join('\n'))
  await bundle({ ...Object.fromEntries(ofHttp), others }, folder)
})
afterAll(() => {
  rmSync(folder, { recursive: true })
  rmSync(sources, { recursive: true })
})

/** Runs a script in a Node process that knows nothing of this repository, of AWS, or of any setting but those. */
const inCleanNode = async (script: string, settings: NodeJS.ProcessEnv = { AWS_REGION: 'eu-west-1' }): Promise<unknown> => {
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], { cwd: folder, env: settings })
  return JSON.parse(stdout.trim().split('\n').at(-1)!)
}

/** What a function of ours is told, here of the table of the tests. */
const settings = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(AWS|TABLE_NAME|POWERTOOLS|REQUEST_LOG)/.test(name)))

const unknownPath = {
  version: '2.0',
  routeKey: '$default',
  rawPath: '/v1/no-such-noun',
  rawQueryString: '',
  headers: {},
  requestContext: {
    requestId: 'req',
    http: { method: 'GET', path: '/v1/no-such-noun', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
  },
  isBase64Encoded: false,
}

interface Loaded {
  type: string
  answer?: { statusCode: number; headers: Record<string, string>; body: string }
}

test('only functions that print documents carry what prints them, and not as part of their code', async () => {
  const printing = names.filter((name) => existsSync(join(folder, name, 'print-pdf.js')))
  const others = names.filter((name) => /pdfkit|NotoSansSC/.test(readFileSync(join(folder, name, 'index.js'), 'utf8')))

  expect(printing).toContain('http-documents')
  expect(others).toEqual([])
  for (const name of printing) expect(readdirSync(join(folder, name))).toEqual(expect.arrayContaining(fontFiles))
  expect(statSync(join(folder, 'http-documents', 'print-pdf.js')).size).toBeLessThan(700 * 1024)
})

test('a PDF is printed out of a bundle', async () => {
  writeFileSync(join(folder, 'composed.json'), JSON.stringify([composed(sampleView('quote'))]))
  const script = `const { printPdf } = require('./http-documents/print-pdf.js'); const { readFileSync } = require('node:fs');
    printPdf(JSON.parse(readFileSync('composed.json', 'utf8')), (name) => readFileSync('http-documents/' + name + '.ttf'))
      .then((pdf) => console.log(JSON.stringify(pdf.subarray(0, 5).toString())))`

  expect(await inCleanNode(script)).toBe('%PDF-')
})

test('a customer is made and found, and a product, by functions as they are bundled', async () => {
  const { id, admin } = await newTenant()
  const pump = { sku: 'A-1', name: 'Pump', unit: 'pc', listPrice: '12.50' }
  const requests = [
    ['http-parties', httpEvent(id, admin, '/v1/customers', { body: { name: '苏州恒信精密机械有限公司', phones: ['0512-6288 1234'] } })],
    ['http-parties', httpEvent(id, admin, '/v1/customers?limit=1')],
    ['http-parties', httpEvent(id, admin, '/v1/customers', { body: { name: '蘇州恒信精密機械有限公司' } })],
    ['http-sales', httpEvent(id, admin, '/v1/products', { body: pump })],
    ['http-sales', httpEvent(id, admin, '/v1/products', { body: pump })],
  ]
  const script = `(async () => {
    const answers = []
    for (const [name, event] of ${JSON.stringify(requests)}) answers.push(await require('./' + name + '/index.js').handler(event, {}))
    console.log(JSON.stringify(answers.map(({ statusCode, body }) => [statusCode, JSON.parse(body)])))
  })()`

  const [made, list, second, product, again] = (await inCleanNode(script, settings())) as [number, Record<string, unknown>][]

  expect(made).toMatchObject([201, { name: '苏州恒信精密机械有限公司', ownerId: admin.id }])
  expect(list).toMatchObject([200, { data: [{ id: made![1].id }] }])
  expect(second).toMatchObject([409, { code: 'customer.duplicate' }])
  expect(product).toMatchObject([201, { sku: 'A-1', listPrice: { amount: '12.5' } }])
  // Refused by the table itself.
  expect(again).toMatchObject([409, { code: 'product.sku-taken' }])
})

describe('every bundle', () => {
  test('loads by itself and exports its handlers, without any setting, and those of HTTP answer an unknown path with our own problem', async () => {
    // What one leaves behind is no help to the next.
    const script = `const given = new Set(Object.getOwnPropertyNames(globalThis))
      const asBefore = () => { for (const name of Object.getOwnPropertyNames(globalThis)) if (!given.has(name)) delete globalThis[name] }
      const found = {}
      const look = async () => {
        for (const name of ${JSON.stringify(names)}) {
          const loaded = require('./' + name + '/index.js')
          const handlers = name === 'others' ? Object.entries(loaded).map(([name, { handler }]) => [name, handler]) : [[name, loaded.handler]]
          for (const [name, handler] of handlers) found[name] = { type: typeof handler }
          if (name !== 'others') found[name].answer = await loaded.handler(${JSON.stringify(unknownPath)}, {})
          asBefore()
        }
        console.log(JSON.stringify({ node: process.version.split('.')[0], found }))
      }
      look()`

    const { node, found } = (await inCleanNode(script)) as { node: string; found: Record<string, Loaded> }

    expect(node).toBe('v24')
    expect(Object.keys(found).sort()).toEqual(entries.map(([name]) => name).sort())
    expect(Object.values(found).filter(({ type }) => type !== 'function')).toEqual([])
    for (const name of httpNames) {
      const { statusCode, headers, body } = found[name]!.answer!
      expect([401, 404]).toContain(statusCode)
      expect(headers['content-type']).toMatch(/^application\/problem\+json/)
      expect(JSON.parse(body)).toMatchObject({ status: statusCode, requestId: headers['x-request-id'] })
    }
  })

  test('of the reports leaves to a file beside it what only a picture needs', async () => {
    const chart = {
      title: 'T',
      subtitle: '',
      locale: 'en',
      kind: 'bars',
      categories: ['a'],
      series: [{ name: 's', values: [1] }],
      digits: 0,
    }
    const script = `import('./http-reports/render-chart.js').then(({ renderChart }) => console.log(JSON.stringify(renderChart(${JSON.stringify(chart)}))))`

    const svg = await inCleanNode(script)

    expect(svg).toMatch(/^<svg /)
    expect(readFileSync(join(folder, 'http-reports/index.js')).length).toBeLessThan(600 * 1024)
  })

  test.each(names)('%s carries nothing of the control room', (name) => {
    expect(readFileSync(join(folder, name, 'index.js'), 'utf8')).not.toContain('/_local')
  })

  test.each(names)('%s leaves numbering plans, the client of S3 and endings of files to those who need them', (name) => {
    expect(readFileSync(join(folder, name, 'index.js'), 'utf8')).not.toMatch(/CreateMultipartUpload|nationalPrefixForParsing|vnd\.3gpp/)
  })

  // The middle one is held where it is: the figure asks for 420.
  test('of HTTP is at most 700 KiB, half of them at most 495', () => {
    const kib = httpNames.map((name) => statSync(join(folder, name, 'index.js')).size / 1024).sort((a, b) => a - b)

    expect(kib.at(-1)).toBeLessThanOrEqual(700)
    expect(kib[(kib.length - 1) >> 1]).toBeLessThanOrEqual(495)
  })
})
