import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, build } from 'esbuild'
import * as manifest from '../functions/manifest.ts'
import { copyDocuments, documentsBeside, partsBeside, writeParts } from './bundling/beside.ts'
import { leftOut } from './bundling/left-out.ts'
import { ourModules } from './bundling/our-modules.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Where the bundles lie: `dist/<function>/index.js`. */
export const bundleFolder = `${root}dist`

/** Kind and name of each function of the manifest with its source; the same name stands on the function in AWS. */
export function functionEntries(): Record<string, string> {
  const named = (kind: string, entries: { name: string; entry: string }[]): [string, string][] =>
    entries.map(({ name, entry }) => [`${kind}${name}`, entry])
  return Object.fromEntries([
    ...named('', [manifest.authorizer, manifest.preToken, manifest.streamPublisher, ...manifest.consumers]),
    ...named('http-', manifest.httpContexts),
    ...named('queue-', manifest.queues),
    ...named('schedule-', manifest.schedules),
  ])
}

const options = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  minify: true,
  // Chinese words as they are, not six bytes for each character.
  charset: 'utf8',
  mainFields: ['module', 'main'],
  conditions: ['module', 'import'],
  legalComments: 'none',
  logLevel: 'error',
  metafile: true,
  alias: {
    '@aws-sdk/credential-provider-node': './infra/bundling/lambda-credentials.ts',
    '@aws-sdk/middleware-endpoint-discovery': './infra/bundling/no-endpoint-discovery.ts',
    '@smithy/core/event-streams': './infra/bundling/no-event-streams.ts',
  },
  // Part of Lambda's runtime; only a stage with credentials per tenant loads it.
  external: ['@aws-sdk/client-sts'],
  // zod asks it where it runs, and Node would load it, and what it needs, for the answer.
  define: { navigator: 'undefined' },
  plugins: [leftOut, ourModules],
} satisfies BuildOptions

/**
 * Writes one self-contained CommonJS file per function and answers its size in bytes. One esbuild call for all of them,
 * so that a synth stays quick however many functions there are; what they load later is a file of its own beside them.
 * Our own modules do nothing when they are loaded (`sideEffects` in package.json), so a function carries only what it uses.
 */
export async function bundle(entries: Record<string, string> = functionEntries(), folder = bundleFolder): Promise<Record<string, number>> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const { plugin, parts } = partsBeside()
  const { metafile } = await build({
    ...options,
    entryPoints: Object.fromEntries(Object.entries(entries).map(([name, entry]) => [`${name}/index`, entry])),
    outdir: folder,
    plugins: [documentsBeside, plugin, ...options.plugins],
  })
  copyDocuments(metafile, root)
  await writeParts(metafile, parts, folder, options)
  // The repository's own package.json says "module"; the bundles are CommonJS, also when they are tried out here.
  writeFileSync(`${folder}/package.json`, '{"type":"commonjs"}\n')
  return Object.fromEntries(Object.values(metafile.outputs).map(({ entryPoint, bytes }) => [nameOf(entries, entryPoint), bytes]))
}

const nameOf = (entries: Record<string, string>, entryPoint: string | undefined): string =>
  Object.entries(entries).find(([, entry]) => entry === entryPoint)?.[0] ?? String(entryPoint)

if (import.meta.main) {
  const started = performance.now()
  const sizes = Object.entries(await bundle()).sort(([, left], [, right]) => right - left)
  for (const [name, bytes] of sizes) console.log(`${(bytes / 1024).toFixed(1).padStart(8)} KiB  ${name}`)
  console.log(`${sizes.length} functions in ${Math.round(performance.now() - started)} ms`)
}
