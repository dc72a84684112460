import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundle } from '../infra/bundle.ts'
import { scratchDirectory } from './engine.ts'
import { type Findings, median, percentile, round, table } from './figures.ts'
import type { Progress } from './progress.ts'

const runs = 11

// The CPU of the whole process until the handler is there, Node's own start included; user and system.
const probe = `
const before = process.cpuUsage()
require(process.argv[1])
const all = process.cpuUsage()
console.log(JSON.stringify([all.user + all.system, all.user + all.system - before.user - before.system]))
`

interface Init {
  /** Milliseconds of CPU of the process, and of them those of loading the function. */
  process: number
  load: number
}

/** P1 and P2: size of each bundle, and the CPU that a fresh Node needs to load it. */
export async function bundleFindings(progress: Progress): Promise<Findings> {
  const folder = scratchDirectory()
  const sizes = await bundle(undefined, folder)
  mkdirSync(join(folder, 'hello-world'))
  writeFileSync(join(folder, 'hello-world/index.js'), 'exports.handler = async () => ({ statusCode: 200 })\n')
  const inits = new Map<string, Init>()
  for (const name of [...Object.keys(sizes), 'hello-world']) {
    progress(`bundles: CPU of starting ${name}, ${runs} times`)
    inits.set(name, initOf(join(folder, name, 'index.js')))
  }
  return findings(sizes, inits)
}

function initOf(file: string): Init {
  const all: Init[] = []
  for (let run = 0; run < runs; run++) {
    const [total, load] = JSON.parse(execFileSync(process.execPath, ['-e', probe, file], { encoding: 'utf8', env: cleanEnvironment })) as [
      number,
      number,
    ]
    all.push({ process: total / 1000, load: load / 1000 })
  }
  const tenth = (of: keyof Init) =>
    percentile(
      all.map((one) => one[of]),
      0.1,
    )
  return { process: tenth('process'), load: tenth('load') }
}

// What Lambda sets, and nothing of this machine that changes how Node starts.
const cleanEnvironment = { AWS_REGION: 'us-east-1', PATH: process.env.PATH }

function findings(sizes: Record<string, number>, inits: Map<string, Init>): Findings {
  const http = Object.entries(sizes).filter(([name]) => name.startsWith('http-'))
  const kib = http.map(([, bytes]) => bytes / 1024)
  const hello = inits.get('hello-world')!
  const functions = Object.keys(sizes).map((name) => inits.get(name)!)
  const middle = median(functions.map(({ process }) => process))
  const load = median(functions.map(({ load }) => load))
  const rows = [...inits].map(([name, init]) => [
    name,
    name in sizes ? round(sizes[name]! / 1024, 1) : '',
    round(init.process, 1),
    round(init.load, 1),
  ])
  return {
    figures: [
      {
        id: 'P1',
        what: 'minified KiB per API function, largest / median',
        value: `${Math.round(Math.max(...kib))} / ${Math.round(median(kib))}`,
        target: '700 / 420',
        reach: '500 / 300',
        met: Math.max(...kib) <= 700 && median(kib) <= 420,
        reason:
          'Every function carries the client of DynamoDB, about 150 KiB, and zod, 83; the median one also what finds a firm by its name: pinyin, traditional characters, regions and trades. More functions of fewer routes would be smaller and start cold more often.',
      },
      {
        id: 'P2',
        what: 'CPU ms of a fresh Node until the median function is loaded',
        value: `${round(middle, 1)} (hello world ${round(hello.process, 1)}; loading alone ${round(load, 1)})`,
        target: '80',
        reach: '50',
        met: middle <= 80,
        note: `p10 of ${runs} starts, user and system, Node's own start included.`,
        reason:
          'What is left is Node itself, its crypto and https, and the code of the AWS SDK and of zod, which V8 parses at about 60 us per KiB before the schemas are built.',
      },
    ],
    counts: Object.fromEntries(Object.entries(sizes).map(([name, bytes]) => [`bundle ${name}: bytes`, bytes])),
    details: [`### Bundles\n\n${table(['function', 'KiB', 'CPU ms of the process', 'of them loading'], rows)}`],
  }
}
