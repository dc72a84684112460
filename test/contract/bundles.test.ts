import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampleView } from '../../domain/platform/document/sample-views.ts'
import { bundle, functionEntries } from '../../infra/bundle.ts'
import { fontFiles } from '../../infra/fonts.ts'
import { composed } from '../support/documents.ts'

const names = Object.keys(functionEntries())
const httpNames = names.filter((name) => name.startsWith('http-'))
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guanxi-bundles-'))
  await bundle(functionEntries(), folder)
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs a script in a Node process that knows nothing of this repository, of AWS, or of any setting. */
const inCleanNode = async (script: string): Promise<unknown> => {
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], { cwd: folder, env: { AWS_REGION: 'eu-west-1' } })
  return JSON.parse(stdout.trim().split('\n').at(-1)!)
}

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

describe('every bundle', () => {
  test.concurrent.each(names)('%s loads by itself and exports a handler, without any setting', async (name) => {
    const script = `const { handler } = require('./${name}/index.js'); console.log(JSON.stringify([typeof handler, process.version.split('.')[0]]))`

    expect(await inCleanNode(script)).toEqual(['function', 'v24'])
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

  // The middle one is held where it is: the figure asks for 420. Imports and exports know every kind of record, and go above the 700.
  test('of HTTP is at most 700 KiB, that of imports and exports 735, half of them at most 520', () => {
    const sizeOf = (name: string) => statSync(join(folder, name, 'index.js')).size / 1024
    const kib = httpNames.map(sizeOf).sort((a, b) => a - b)

    expect(sizeOf('http-transfers')).toBeLessThanOrEqual(735)
    expect(kib.at(-2)).toBeLessThanOrEqual(700)
    expect(kib[(kib.length - 1) >> 1]).toBeLessThanOrEqual(520)
  })

  test('of HTTP answers an unknown path with our own problem document', async () => {
    const script = `Promise.all(${JSON.stringify(httpNames)}.map((name) =>
      require('./' + name + '/index.js').handler(${JSON.stringify(unknownPath)}, {}))).then((answers) => console.log(JSON.stringify(answers)))`

    const answers = (await inCleanNode(script)) as { statusCode: number; headers: Record<string, string>; body: string }[]

    expect(answers).toHaveLength(httpNames.length)
    for (const { statusCode, headers, body } of answers) {
      expect([401, 404]).toContain(statusCode)
      expect(headers['content-type']).toMatch(/^application\/problem\+json/)
      expect(JSON.parse(body)).toMatchObject({ status: statusCode, requestId: headers['x-request-id'] })
    }
  })
})
